import { expect, test } from 'vitest';
import { sizeOf, timeOf } from './size.ts';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.00 kB'],
  [820_304, '820 kB'],
  [999_499, '999 kB'],
  [999_500, '1.00 MB'],
  [3_590_000, '3.59 MB'],
  [945_123_456, '945 MB'],
  [1_230_000_000, '1.23 GB'],
])('%d bytes are %s', (bytes, words) => {
  expect(sizeOf(bytes)).toBe(words);
});

test.each([
  [740.4, '740 ms'],
  [7_000, '7.0 s'],
])('%d ms are %s', (ms, words) => {
  expect(timeOf(ms)).toBe(words);
});
