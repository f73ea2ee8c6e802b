import { expect, test } from 'vitest';
import { Pace, paceOf } from './pace.ts';

test('a burst is taken at once, what follows at a steady rate, and a rest gives the burst back', () => {
  let now = 1_000;
  const pace = new Pace(() => now);
  expect(pace.take(16 * 1024 * 1024)).toBe(0);
  expect(pace.take(512 * 1024)).toBe(1_000);
  now += 1_000;
  expect(pace.take(256 * 1024)).toBe(500);
  now += 60_000;
  expect(pace.take(16 * 1024 * 1024)).toBe(0);
});

test('all that comes from one session has one pace', () => {
  const session = {};
  expect(paceOf(session)).toBe(paceOf(session));
  expect(paceOf({})).not.toBe(paceOf(session));
});
