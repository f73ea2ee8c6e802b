import { expect, test } from 'vitest';
import { LineSteps } from './touch.ts';

test('small movements add up to lines, none gained or lost', () => {
  const steps = new LineSteps();
  const moved = Array.from({ length: 100 }, () => steps.add(7, 16)).reduce((sum, lines) => sum + lines, 0);
  expect(moved).toBe(Math.floor((7 * 100) / 16));
});

test('turning back takes what was left into account', () => {
  const steps = new LineSteps();
  expect(steps.add(20, 16)).toBe(1);
  expect(steps.add(-20, 16)).toBe(-1);
  expect(steps.add(15, 16)).toBe(0);
  expect(steps.add(1, 16)).toBe(1);
});
