import { describe, expect, it } from 'vitest';
import { clientAddress, whole } from './client-address.ts';

const from = (remoteAddress: string, header?: string | string[]) =>
  ({ headers: { 'x-forwarded-for': header }, socket: { remoteAddress } }) as unknown as Parameters<
    typeof clientAddress
  >[0];
const same = (a: string, b: string) => a === b;

describe('clientAddress', () => {
  it.each([
    ['no proxy: the header is anybody’s word', 0, '192.0.2.1', '198.51.100.1'],
    ['one proxy: its own entry', 1, '203.0.113.7', '192.0.2.1, 203.0.113.7'],
    ['two proxies: the outer one’s entry', 2, '203.0.113.7', '192.0.2.1, 203.0.113.7, 10.0.0.1'],
    ['more proxies than entries: the first entry', 3, '203.0.113.7', '203.0.113.7, 10.0.0.1'],
    ['an entry that is no address', 1, '192.0.2.1', 'unknown'],
    ['an empty entry', 1, '192.0.2.1', '203.0.113.7,'],
  ])('%s', (_name, hops, expected, header) => {
    const found = clientAddress(from('192.0.2.1', header), hops);
    expect(same(found, clientAddress(from(expected), 0))).toBe(true);
    expect(found).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('one client', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:192.0.2.1', '192.0.2.1'],
    ['::1', '0:0:0:0::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:0DB8:0:0:ffff::', '2001:db8:0:0::/64'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', ''],
  ])('%s is %s', (address, name) => {
    expect(whole(address)).toBe(name);
  });
});
