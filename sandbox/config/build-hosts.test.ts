import { expect, test } from 'vitest';
import { reachableHosts } from './build-hosts.ts';
import { readConfig } from './config.ts';

const hosts = (env: Record<string, string> = {}) => reachableHosts(readConfig(env));

test('registries, Go, Debian, npm and PyPI are reached without anybody setting anything', () => {
  expect(hosts()).toEqual(
    expect.arrayContaining(['.docker.io', 'ghcr.io', 'proxy.golang.org', 'sum.golang.org', 'deb.debian.org']),
  );
  expect(hosts()).toEqual(expect.arrayContaining(['registry.npmjs.org', 'pypi.org', 'files.pythonhosted.org']));
});

test('what the settings add is reached too, and so are the mirrors they name', () => {
  const added = hosts({
    SLIPWAY_EGRESS_ALLOW: 'git.example .wide.example',
    SLIPWAY_DEBIAN_MIRROR: 'http://debian.example/debian',
    SLIPWAY_GO_PROXY: 'https://go.example/proxy/',
  });
  expect(added).toEqual(expect.arrayContaining(['git.example', '.wide.example', 'debian.example', 'go.example']));
});

test('a host that another entry stands for is left out, for Squid takes no such pair', () => {
  const both = hosts({ SLIPWAY_EGRESS_ALLOW: 'a.c.b.example .c.b.example c.b.example .b.example auth.docker.io' });
  expect(both.filter((host) => host.endsWith('example'))).toEqual(['.b.example']);
  expect(both).not.toContain('auth.docker.io');
  expect(new Set(both).size).toBe(both.length);
});
