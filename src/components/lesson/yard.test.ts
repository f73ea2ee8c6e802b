import { expect, it } from 'vitest';
import { outline } from './yard.ts';

it('draws each block up from the deck', () => {
  expect(outline([{ x: 2, y: 1, width: 3, height: 4 }], 10)).toBe('M2 9h3v-4h-3z');
  expect(outline([], 10)).toBe('');
  expect(
    outline(
      [
        { x: 0, y: 0, width: 1, height: 0.5900001 },
        { x: 1, y: 0, width: 1, height: 1 },
      ],
      10,
    ),
  ).toBe('M0 10h1v-0.59h-1zM1 10h1v-1h-1z');
});
