import { expect, test } from 'vitest';
import { readConfig } from '../config/config.ts';
import { sessionContainer } from './container.ts';

const from = { image: 'slipway/world:1', golden: 'golden-1', link: '/run/links/abc', open: true, proxy: undefined };
const make = (on: { open?: boolean; proxy?: string | undefined } = {}) =>
  sessionContainer(
    { id: 'abc', madeAt: new Date(0) },
    { ...from, ...on },
    {
      instance: 'slipway',
      engineIdleSeconds: 55,
      limits: {
        ...readConfig({}).limits,
        sessions: 1,
        sessionsPerAddress: 1,
        idleSeconds: 77,
        lifetimeSeconds: 1,
        memoryBytes: 1024,
        cpus: 2,
        pids: 99,
      },
    },
  );
const made = make();

test('nothing privileged', () => {
  expect(made.User).toBe('1000:1000');
  expect(made.HostConfig).toMatchObject({
    Privileged: false,
    CapDrop: ['ALL'],
    CapAdd: ['SETUID', 'SETGID'],
    ReadonlyRootfs: true,
    NetworkMode: 'slipway-abc-net',
  });
});

test('the golden store and the gateway’s folder are read-only, and the home is the session’s own', () => {
  expect(made.HostConfig?.Mounts).toMatchObject([
    { Source: 'slipway-abc-home', Target: '/home/reader' },
    { Source: 'golden-1', Target: '/golden', ReadOnly: true },
    { Type: 'bind', Source: '/run/links/abc', Target: '/run/slipway', ReadOnly: true },
  ]);
});

test('limits and idling come from the configuration, and an ended session removes itself', () => {
  expect(made.HostConfig).toMatchObject({
    Memory: 1024,
    MemorySwap: 1024,
    NanoCpus: 2e9,
    PidsLimit: 99,
    AutoRemove: true,
    Ulimits: [
      { Name: 'core', Soft: 0, Hard: 0 },
      { Name: 'data', Soft: 1024, Hard: 1024 },
    ],
  });
  expect(made.Env).toContain('SLIPWAY_IDLE=77');
});

test('a session with a way outside is told of it in both spellings, and asks nobody for names', () => {
  const walled = make({ open: false, proxy: 'http://10.64.0.2:3128' });
  for (const name of ['HTTP_PROXY', 'https_proxy']) expect(walled.Env).toContain(`${name}=http://10.64.0.2:3128`);
  expect(walled.Env?.filter((one) => /^no_proxy=localhost,/i.test(one))).toHaveLength(2);
  expect(walled.HostConfig?.Dns).toEqual(['127.0.0.1']);
});

test('one without a way, and one that needs none, is told of none', () => {
  for (const one of [made, make({ open: false })]) expect(one.Env?.join(' ')).not.toMatch(/proxy/i);
  expect(made.HostConfig?.Dns).toBeUndefined();
});
