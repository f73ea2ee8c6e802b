import { expect, test } from 'vitest';
import { endsOf, extendLabel, nextLook, warningFor, WARN_MS } from './deadline.ts';

const NOW = 1_000_000;
const ends = (leftMs: number, extendMs: number, idleMs?: number) =>
  endsOf({ time: { leftMs, extendMs, ...(idleMs === undefined ? {} : { idleMs }) } }, NOW);

test('an end is announced a minute before, with a button that puts it off', () => {
  const at = ends(WARN_MS + 5_000, 3_600_000);
  expect(warningFor(at, NOW)).toBeUndefined();
  expect(nextLook(at, NOW)).toBe(5_000);
  const warning = warningFor(at, NOW + 5_000);
  expect(warning).toMatchObject({ at: at.time, button: { label: 'Stay another hour', act: 'extend' } });
  expect(nextLook(at, NOW + 5_000)).toBe(1_000);
});

test('without a further extension it says what goes and what stays', () => {
  const warning = warningFor(ends(30_000, 0), NOW);
  expect(warning?.button).toEqual({ label: 'Save my files', act: 'save' });
  expect(warning?.text).toMatch(/files and images go; the lessons and your progress stay/);
});

test('of two ends the first is announced', () => {
  expect(warningFor(ends(40_000, 60_000, 20_000), NOW)?.button?.act).toBe('here');
  expect(warningFor(ends(20_000, 60_000, 40_000), NOW)?.button?.act).toBe('extend');
  expect(warningFor(ends(400_000, 60_000, 70_000), NOW)).toBeUndefined();
});

test('what is read out does not count down', () => {
  const at = ends(40_000, 0);
  expect(warningFor(at, NOW + 20_000)).toEqual(warningFor(at, NOW));
});

test.each([
  [3_600_000, 'Stay another hour'],
  [7_200_000, 'Stay 2 more hours'],
  [1_800_000, 'Stay 30 more minutes'],
  [60_000, 'Stay another minute'],
  [12_000, 'Stay a little longer'],
])('%i ms: %s', (ms, label) => expect(extendLabel(ms)).toBe(label));
