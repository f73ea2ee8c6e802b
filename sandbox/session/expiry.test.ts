import { expect, test } from 'vitest';
import { idleLeft, whyDue } from './expiry.ts';

const limits = { idleSeconds: 60 };
const expiresAt = 3_600_000;

test.each([
  ['nothing has happened for less than the time', 1_000, 60_999, undefined],
  ['nothing has happened for the time', 1_000, 61_000, 'session-idle'],
  ['its lifetime is over, whatever happens', 3_599_999, 3_600_000, 'session-expired'],
  ['both are over: the one that would have come anyway', 0, 3_600_000, 'session-expired'],
])('%s', (_what, idleSince, now, expected) => {
  expect(whyDue({ expiresAt, idleSince }, now, limits)).toBe(expected);
});

test('being idle is warned of a minute before, and where the time is short in its second half', () => {
  const left = (now: number, idleSeconds: number) => idleLeft({ idleSince: 1_000 }, now, { idleSeconds });
  expect([left(1_740_000, 1_800), left(1_741_000, 1_800), left(1_790_000, 1_800)]).toEqual([undefined, 60_000, 11_000]);
  expect([left(30_000, 60), left(31_000, 60), left(70_000, 60)]).toEqual([undefined, 30_000, 0]);
});
