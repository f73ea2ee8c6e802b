import { expect, test } from 'vitest';
import { reachable } from './build-hosts.ts';
import { readConfig } from './config.ts';

const of = (env: Record<string, string> = {}) => reachable(readConfig(env));
const hosts = (env?: Record<string, string>) => of(env).hosts;

test('registries, Go, Debian, npm and PyPI are reached without anybody setting anything', () => {
  expect(hosts()).toEqual(
    expect.arrayContaining(['.docker.io', 'ghcr.io', 'proxy.golang.org', 'sum.golang.org', 'deb.debian.org']),
  );
  expect(hosts()).toEqual(expect.arrayContaining(['registry.npmjs.org', 'pypi.org', 'files.pythonhosted.org']));
});

test('what the settings add is reached too', () => {
  expect(hosts({ SLIPWAY_EGRESS_ALLOW: 'git.example .wide.example' })).toEqual(
    expect.arrayContaining(['git.example', '.wide.example']),
  );
});

test('mirrors of the operator’s own are reached on their port, and on no other; those of everybody are on the list', () => {
  expect(of().mirrors).toEqual([]);
  const mirrors = {
    SLIPWAY_DEBIAN_MIRROR: 'http://10.1.2.3:3142/debian',
    SLIPWAY_GO_PROXY: 'https://go.example/proxy/',
  };
  expect(of(mirrors).mirrors).toEqual([
    { host: '10.1.2.3', port: '3142' },
    { host: 'go.example', port: '443' },
  ]);
});

test('a host that another entry stands for is left out, for Squid takes no such pair', () => {
  const both = hosts({ SLIPWAY_EGRESS_ALLOW: 'a.c.b.example .c.b.example c.b.example .b.example auth.docker.io' });
  expect(both.filter((host) => host.endsWith('example'))).toEqual(['.b.example']);
  expect(both).not.toContain('auth.docker.io');
  expect(new Set(both).size).toBe(both.length);
});
