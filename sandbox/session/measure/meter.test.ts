import { expect, test } from 'vitest';
import { worthTelling } from './meter.ts';

const GIB = 2 ** 30;

test('a reading is told when it is the first, when its bound changes, and when it has moved by a visible step', () => {
  const last = { used: GIB, of: 4 * GIB };
  expect(worthTelling(undefined, last)).toBe(true);
  expect(worthTelling(last, { used: GIB, of: 2 * GIB })).toBe(true);
  expect(worthTelling(last, { used: GIB + 15 * 2 ** 20, of: 4 * GIB })).toBe(false);
  expect(worthTelling(last, { used: GIB - 16 * 2 ** 20, of: 4 * GIB })).toBe(true);
  expect(worthTelling({ used: 0 }, { used: 2 ** 20 - 1 })).toBe(false);
  expect(worthTelling({ used: 0 }, { used: 2 ** 20 })).toBe(true);
});
