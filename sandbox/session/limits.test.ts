import { expect, test } from 'vitest';
import { whatIsFull } from './limits.ts';

const limits = { sessions: 4, sessionsPerAddress: 2 };

test.each([
  [[], undefined],
  [['a', 'b', 'b'], undefined],
  [['a', 'a', 'b'], 'address-full'],
  [['b', 'b', 'c', 'c'], 'host-full'],
  [['a', 'a', 'b', 'c'], 'host-full'],
])('with sessions of %j, one more of a: %s', (addresses, expected) => {
  expect(whatIsFull(addresses, 'a', limits)).toBe(expected);
});
