import { afterEach, describe, expect, it, vi } from 'vitest';
import { HostWatch, type HostWatchNeeds } from './availability.ts';
import type { Connected, Host } from './host/connect.ts';
import { createEvents } from './observe/events.ts';
import { createLogger } from './observe/log.ts';
import { Problem } from './protocol/problems.ts';
import type { Sessions } from './session/sessions.ts';

const missing: Connected = { ok: false, problem: new Problem('host-missing'), reasons: ['no socket', 'no Docker'] };

function watch(given: Partial<HostWatchNeeds>) {
  const log: string[] = [];
  const world = { pings: 0, up: true, closed: 0 };
  const ping = async () => {
    world.pings++;
    await Promise.resolve();
    if (!world.up) throw new Error('ECONNREFUSED');
  };
  const host = { docker: { ping }, kind: 'test', rootless: true, standIn: true } as unknown as Host;
  const sessions = { [Symbol.asyncDispose]: () => Promise.resolve(world.closed++) } as unknown as Sessions;
  const hosts = new HostWatch({
    connect: () => Promise.resolve({ ok: true, host }),
    openSessions: () => Promise.resolve(sessions),
    events: createEvents(createLogger('info', { write: (line) => log.push(line) })),
    everyMs: 5,
    ...given,
  });
  return { hosts, world, host, sessions, log, connected: { ok: true, host } satisfies Connected };
}

afterEach(() => vi.restoreAllMocks());

describe('HostWatch', () => {
  it('is live once there is a host and its sessions are found', async () => {
    await using hosts = watch({}).hosts;
    expect(hosts.current).toMatchObject({ mode: 'recorded', problem: { code: 'host-missing' } });
    await hosts.looked;
    expect(hosts.current).toMatchObject({ mode: 'live', standIn: true });
  });

  it('says why there is none, once in the log, and turns live when one appears', async () => {
    const answers: Connected[] = [missing, missing, missing];
    const test = watch({ connect: () => Promise.resolve(answers.shift() ?? test.connected) });
    await using hosts = test.hosts;
    await hosts.looked;
    const { current } = hosts;
    expect(current.mode === 'recorded' && current.problem.body.detail).toBe('no socket\nno Docker');
    await expect.poll(() => hosts.current.mode).toBe('live');
    expect(test.log.filter((line) => line.includes('no host'))).toHaveLength(1);
  });

  it('lives through a host that does not work', async () => {
    let tries = 0;
    const test = watch({
      openSessions: () => (++tries === 1 ? Promise.reject(new Error('500')) : Promise.resolve(test.sessions)),
    });
    await using hosts = test.hosts;
    await hosts.looked;
    expect(hosts.current).toMatchObject({ mode: 'recorded', problem: { code: 'host-missing' } });
    await expect.poll(() => hosts.current.mode).toBe('live');
  });

  it('notices that the host is gone and that it is back, and keeps its view of the sessions', async () => {
    const test = watch({});
    await using hosts = test.hosts;
    await hosts.looked;
    test.world.up = false;
    await expect.poll(() => hosts.current.mode).toBe('recorded');
    test.world.up = true;
    await expect.poll(() => hosts.current).toMatchObject({ mode: 'live', sessions: test.sessions });
    expect(test.world.closed).toBe(0);
  });

  it('lets go of the sessions at the end and looks no more', async () => {
    const test = watch({});
    await test.hosts.looked;
    await test.hosts[Symbol.asyncDispose]();
    expect(test.world.closed).toBe(1);
    const { pings } = test.world;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(test.world.pings).toBe(pings);
  });
});
