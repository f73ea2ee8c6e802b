import { expect, test } from 'vitest';
import type { Cast } from './cast.ts';
import { clock, cutOf, labelOf, toggleWord } from './words.ts';

const cast = (length: number, took: number): Cast => ({
  cols: 100,
  rows: 30,
  recordedAt: Date.UTC(2026, 10, 24, 23, 59),
  pieces: [],
  length,
  took,
});

test('a recording says that it is one, and of which day', () => {
  expect(labelOf(cast(0, 0))).toBe('Recording, measured on 24 November 2026');
});

test('it says that waits are shortened only when they are', () => {
  expect(cutOf(cast(3_000, 3_000))).toBe('');
  expect(cutOf(cast(3_000, 68_400))).toBe('It took 1:08; waits are shortened to 1 s.');
});

test('minutes and seconds', () =>
  expect([0, 999, 61_000, 600_000].map(clock)).toEqual(['0:00', '0:01', '1:01', '10:00']));

test('what the button does', () => {
  expect((['playing', 'paused', 'ended'] as const).map(toggleWord)).toEqual(['Pause', 'Resume', 'Again']);
});
