import { expect, test } from 'vitest';
import { Accounts } from './accounts.ts';

const count = (accounts: Accounts, counters: Record<string, number>) =>
  accounts.count(new Map(Object.entries(counters)));

test('news is told by steps, and once more when all is used', () => {
  const accounts = new Accounts(25_600);
  accounts.begin('a', 'net-a', '10.0.0.2', 0);
  accounts.begin('b', 'net-b', '10.0.0.18', 0);
  expect(count(accounts, { '10.0.0.2': 99, '10.0.0.18': 5_000 })).toEqual([{ id: 'b', full: false }]);
  expect(count(accounts, { '10.0.0.2': 101, '10.0.0.18': 5_050 })).toEqual([{ id: 'a', full: false }]);
  expect(count(accounts, { '10.0.0.2': 25_600, '10.0.0.18': 5_050 })).toEqual([{ id: 'a', full: true }]);
  expect(accounts.meter('a')).toEqual({ used: 25_600, of: 25_600 });
});

test('a way is closed once, and its network is known to be', () => {
  const accounts = new Accounts(10);
  accounts.begin('a', 'net-a', '10.0.0.2', 0);
  expect(accounts.isClosed('net-a')).toBe(false);
  expect(accounts.close('a')).toEqual({ network: 'net-a', address: '10.0.0.2' });
  expect(accounts.close('a')).toBeUndefined();
  expect(accounts.isClosed('net-a')).toBe(true);
  expect(count(accounts, { '10.0.0.2': 100 })).toEqual([]);
});

test('one that is found closed has used all it may', () => {
  const accounts = new Accounts(10);
  accounts.begin('a', 'net-a', undefined, 0);
  expect(accounts.meter('a')).toEqual({ used: 10, of: 10 });
});

test('what a proxy counted goes on when another takes its place', () => {
  const accounts = new Accounts(1_000);
  accounts.begin('a', 'net-a', '10.0.0.2', 0);
  count(accounts, { '10.0.0.2': 300 });
  // It is being started again: there is no such address for a moment.
  count(accounts, {});
  count(accounts, { '10.0.0.2': 20 });
  count(accounts, { '10.0.0.2': 50 });
  expect(accounts.meter('a')?.used).toBe(350);
});

test('an address that is given again names who had it then', () => {
  const accounts = new Accounts(10);
  accounts.begin('a', 'net-a', '10.0.0.2', 100);
  accounts.end('a');
  accounts.begin('b', 'net-b', '10.0.0.2', 200);
  expect([50, 150, 250].map((at) => accounts.holder('10.0.0.2', at))).toEqual([undefined, 'a', 'b']);
});
