import { expect, it } from 'vitest';
import { durationText, sizeText, timesText } from './quantities.ts';

it.each([
  [945_048_120, '945 MB'],
  [856_000_000, '856 MB'],
  [3_597_000, '3.60 MB'],
  [120_400_000, '120 MB'],
  [24_500_000, '24.5 MB'],
  [820_000, '0.82 MB'],
  [1_056, '1.06 kB'],
  [85, '85 bytes'],
  [1_240_000_000, '1.24 GB'],
])('%i bytes are %s', (bytes, text) => expect(sizeText(bytes)).toBe(text));

it.each([
  [3.7, '4 ms'],
  [62.2, '62 ms'],
  [996, '1.0 s'],
  [7_040, '7.0 s'],
  [12_300, '12 s'],
  [59_700, '1 min 0 s'],
  [125_000, '2 min 5 s'],
])('%d milliseconds are %s', (ms, text) => expect(durationText(ms)).toBe(text));

it.each([
  [262.5, '263'],
  [9.96, '10.0'],
  [2.94, '2.9'],
])('%d is %s times as large', (ratio, text) => expect(timesText(ratio)).toBe(text));
