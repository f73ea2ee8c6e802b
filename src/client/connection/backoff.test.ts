import { expect, test } from 'vitest';
import { Problem } from '../../../sandbox/protocol/problems.ts';
import { delayBefore } from './backoff.ts';

test('doubles from 0.2 s to 15 s', () => {
  const waits = Array.from({ length: 9 }, (_, attempt) => delayBefore(attempt, { kind: 'lost' }, 0.5));
  expect(waits).toEqual([200, 400, 800, 1_600, 3_200, 6_400, 12_800, 15_000, 15_000]);
});

test('spreads by a quarter either way and never beyond 15 s', () => {
  expect(delayBefore(0, { kind: 'lost' }, 0)).toBe(150);
  expect(delayBefore(0, { kind: 'lost' }, 0.999)).toBe(250);
  expect(delayBefore(60, { kind: 'lost' }, 0.999)).toBe(15_000);
});

test('a missing host is looked for every 15 s from the start', () => {
  expect(delayBefore(0, { kind: 'problem', problem: new Problem('host-missing').body }, 0)).toBe(15_000);
});

test('where the other side says how long, it is asked no sooner, and not all at the same time', () => {
  const why = { kind: 'problem' as const, problem: new Problem('host-full').body, pauseMs: 5_000 };
  expect([delayBefore(0, why, 0), delayBefore(9, why, 0.999)]).toEqual([5_000, 5_500]);
  expect(delayBefore(0, { ...why, pauseMs: 9_000_000 }, 0)).toBe(120_000);
});
