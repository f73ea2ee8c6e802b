import { expect, test } from 'vitest';
import { whyDue } from './expiry.ts';

const limits = { idleSeconds: 60 };
const expiresAt = 3_600_000;

test.each([
  ['somebody is connected', undefined, 3_599_999, undefined],
  ['nobody has been for less than the time', 1_000, 60_999, undefined],
  ['nobody has been for the time', 1_000, 61_000, 'session-idle'],
  ['its lifetime is over, connected or not', undefined, 3_600_000, 'session-expired'],
  ['both are over: the one that would have come anyway', 0, 3_600_000, 'session-expired'],
])('%s', (_what, idleSince, now, expected) => {
  expect(whyDue({ expiresAt, idleSince }, now, limits)).toBe(expected);
});
