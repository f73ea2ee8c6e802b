import { expect, it } from 'vitest';
import { RequestRate } from './request-rate.ts';

it('gives an address its burst, then a steady rate', () => {
  let now = 0;
  const rate = new RequestRate(() => now, { burst: 2, perSecond: 0.1, addresses: 10 });
  expect([rate.take('a'), rate.take('a'), rate.take('a')]).toEqual([0, 0, 10]);
  expect(rate.take('b')).toBe(0);
  now = 4_000;
  expect(rate.take('a')).toBe(6);
  now = 10_000;
  expect([rate.take('a'), rate.take('a')]).toEqual([0, 10]);
  now = 1_000_000;
  expect([rate.take('a'), rate.take('a'), rate.take('a')]).toEqual([0, 0, 10]);
});

it('remembers a bounded number of addresses, the last that asked', () => {
  const rate = new RequestRate(() => 0, { burst: 1, perSecond: 1, addresses: 100 });
  for (let i = 0; i < 10_000; i++) rate.take(`address ${i}`);
  expect(rate.size).toBe(100);
  expect(rate.take('address 9999')).toBe(1);
});
