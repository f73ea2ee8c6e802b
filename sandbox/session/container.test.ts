import { expect, test } from 'vitest';
import { readConfig } from '../config/config.ts';
import { sessionContainer } from './container.ts';

const made = sessionContainer(
  { id: 'abc', madeAt: new Date(0) },
  { image: 'slipway/world:1', golden: 'golden-1', link: '/run/links/abc' },
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
  });
  expect(made.Env).toContain('SLIPWAY_IDLE=77');
});
