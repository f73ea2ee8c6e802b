import { expect, test } from 'vitest';
import { reelTextSize } from './reel-size.ts';

test.each([
  ['a wide place keeps the usual size', 1200, 14, 14],
  ['beside the text it is as small as it must be', 660, 14, 11],
  ['on a phone it stops where it can still be read', 370, 12, 9],
])('%s', (_what, width, usual, size) => expect(reelTextSize(width, 100, 0.6, usual, usual)).toBe(size));

test('the reader’s own size counts', () => {
  expect(reelTextSize(660, 100, 0.6, 17, 14)).toBe(14);
  expect(reelTextSize(370, 100, 0.6, 10, 12)).toBe(9);
  expect(reelTextSize(660, 100, 0.6, 24, 14)).toBe(21);
});
