import { expect, test } from 'vitest';
import { readCounters } from './counters.ts';

test('both ways are summed, by address', () => {
  const stats64 = { rx: { bytes: 5, packets: 1 }, tx: { bytes: 7 } };
  const told = [
    { ifname: 'eth0', addr_info: [{ local: '10.64.0.2', prefixlen: 28 }], stats64 },
    // What `ip` prints of interfaces it leaves out.
    {},
  ];
  expect([...readCounters(JSON.stringify(told))]).toEqual([['10.64.0.2', 12]]);
});

test('anything else is refused', () => {
  expect(() => readCounters('{}')).toThrow();
  expect(() => readCounters('')).toThrow();
});
