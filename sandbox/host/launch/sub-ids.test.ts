import { expect, test } from 'vitest';
import { freeStart, hasRange, readRanges } from './sub-ids.ts';

const text = '# made by hand\nann:100000:65536\n1001:165536:1000\nbroken:x:1\n\n';

test('reads ranges and leaves the rest', () => {
  expect(readRanges(text)).toEqual([
    { owner: 'ann', start: 100_000, count: 65_536 },
    { owner: '1001', start: 165_536, count: 1_000 },
  ]);
});

test('a range is somebody’s by name or by number, and long enough or not', () => {
  const ranges = readRanges(text);
  expect(hasRange(ranges, { name: 'ann', uid: 1000 })).toBe(true);
  expect(hasRange(ranges, { name: 'bob', uid: 1001 })).toBe(false);
  expect(hasRange(readRanges('1001:165536:65536'), { name: 'bob', uid: 1001 })).toBe(true);
});

test('a new range touches no other', () => {
  expect(freeStart([])).toBe(100_000);
  expect(freeStart(readRanges(text))).toBe(231_072);
  expect(freeStart(readRanges('a:165535:2'))).toBe(231_072);
  expect(freeStart(readRanges('a:231072:65536'))).toBe(100_000);
});
