import { expect, test } from 'vitest';
import { GRACE_MS, orphans } from './orphans.ts';

const now = 10 * GRACE_MS;
const old = now - GRACE_MS;
const young = old + 1;

test.each([
  [
    'a home and a network nobody uses',
    [
      { createdAt: old, alive: false },
      { createdAt: old, alive: false },
    ],
    ['x'],
  ],
  [
    'a network of a session that runs',
    [
      { createdAt: old, alive: false },
      { createdAt: old, alive: true },
    ],
    [],
  ],
  [
    'a network beside a younger home: being made',
    [
      { createdAt: old, alive: false },
      { createdAt: young, alive: false },
    ],
    [],
  ],
  ['a container that was made and never started', [{ createdAt: old, alive: false }], ['x']],
  ['something of tomorrow: the clock was put back', [{ createdAt: now + GRACE_MS, alive: false }], ['x']],
  ['something without a date', [{ createdAt: Number.NaN, alive: false }], ['x']],
])('%s', (_what, objects, expected) => {
  const found = objects.map((one) => ({ id: 'x', ...one }));
  expect(orphans(found, new Set(), now)).toEqual(expected);
  expect(orphans(found, new Set(['x']), now)).toEqual([]);
});
