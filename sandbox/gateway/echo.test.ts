import { expect, it } from 'vitest';
import { Echo } from './echo.ts';

it('times a keystroke until something is printed, one at a time, and neither pastes nor what shows nothing', () => {
  let now = 0;
  const took: number[] = [];
  const echo = new Echo(
    () => now,
    (ms) => took.push(ms),
  );
  echo.printed();
  echo.typed(1);
  now = 5;
  echo.typed(1);
  now = 9;
  echo.printed();
  echo.printed();
  expect(took).toEqual([9]);
  echo.typed(4_096);
  echo.printed();
  echo.typed(1);
  now += 10_001;
  echo.printed();
  expect(took).toEqual([9]);
  echo.typed(3);
  echo.printed();
  expect(took).toEqual([9, 0]);
});
