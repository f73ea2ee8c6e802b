import { expect, it } from 'vitest';
import { Keystrokes } from './keystrokes.ts';

it('times one keystroke at a time, until the terminal has taken all of it', () => {
  let now = 0;
  const took: number[] = [];
  const keystrokes = new Keystrokes(
    () => now,
    (ms) => took.push(ms),
  );
  keystrokes.taken(0);
  keystrokes.typed(3);
  now = 5;
  keystrokes.typed(1);
  keystrokes.taken(2);
  expect(took).toEqual([]);
  now = 9;
  keystrokes.taken(3);
  keystrokes.taken(4);
  expect(took).toEqual([9]);
  keystrokes.typed(2);
  now = 10;
  keystrokes.taken(6);
  expect(took).toEqual([9, 1]);
});
