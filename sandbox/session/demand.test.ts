import { expect, test } from 'vitest';
import { Demand } from './demand.ts';

const MINUTE = 60_000;

test('at the start as many as are set for it, then the reserve', () => {
  const demand = new Demand({ initial: 3, reserve: 1, max: 8 });
  expect(demand.wanted(0)).toBe(3);
  demand.met();
  expect(demand.wanted(0)).toBe(1);
});

test('claims raise it for five minutes, up to the maximum', () => {
  const demand = new Demand({ initial: 0, reserve: 1, max: 4 });
  for (const at of [0, 1, 2]) demand.claimed(at * MINUTE);
  expect(demand.wanted(2 * MINUTE)).toBe(3);
  expect(demand.wanted(5.5 * MINUTE)).toBe(2);
  expect(demand.wanted(60 * MINUTE)).toBe(1);
  for (let i = 0; i < 1_000; i++) demand.claimed(61 * MINUTE);
  expect(demand.wanted(61 * MINUTE)).toBe(4);
});

test('nobody comes and nothing is to be kept: nothing; the maximum bounds all', () => {
  expect(new Demand({ initial: 0, reserve: 0, max: 8 }).wanted(0)).toBe(0);
  expect(new Demand({ initial: 9, reserve: 9, max: 0 }).wanted(0)).toBe(0);
});

test('claims that a clock put back has in its future are forgotten', () => {
  const demand = new Demand({ initial: 0, reserve: 0, max: 8 });
  demand.claimed(100 * MINUTE);
  expect(demand.wanted(0)).toBe(0);
});
