import { expect, it } from 'vitest';
import { placeOf, SCALE, ticks } from './log-scale.ts';

it('goes up by equal steps for equal factors', () => {
  const step = placeOf(1e7) - placeOf(1e6);
  expect(placeOf(1e8) - placeOf(1e7)).toBeCloseTo(step);
  expect(placeOf(9e8) - placeOf(9e7)).toBeCloseTo(step);
});

it('ends where it ends', () => {
  expect(placeOf(0)).toBe(0);
  expect(placeOf(SCALE.least)).toBe(0);
  expect(placeOf(SCALE.most)).toBe(1);
  expect(placeOf(1e15)).toBe(1);
});

it('shows a small image beside a large one', () => {
  expect(placeOf(3e6)).toBeGreaterThan(0.3);
  expect(placeOf(8e8)).toBeGreaterThan(placeOf(3e6) + 0.5);
});

it('names its lines', () => expect(ticks.map(({ name }) => name)).toEqual(['1 MB', '10 MB', '100 MB', '1 GB']));
