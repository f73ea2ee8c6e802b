import { expect, test } from 'vitest';
import { addressesTaken, subnet } from './network.ts';

test.each([
  [0, '10.240.0.0/28'],
  [1 / 2 ** 16, '10.240.0.16/28'],
  [0.5, '10.248.0.0/28'],
  [1 - 2 ** -17, '10.255.255.240/28'],
])('%s of the way lies %s', (at, expected) => {
  expect(subnet(at)).toBe(expected);
});

test.each([
  [
    '(HTTP code 500) server error - could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network',
    true,
  ],
  ['(HTTP code 403) unexpected - Pool overlaps with other one on this address space', true],
  ['(HTTP code 400) unexpected - invalid pool request: Pool overlaps with other one on this address space', true],
  ['(HTTP code 500) server error - all predefined address pools have been fully subnetted', true],
  ['(HTTP code 409) conflict - network with name slipway-abc-net already exists', false],
])('%s', (message, taken) => {
  expect(addressesTaken(new Error(message))).toBe(taken);
});
