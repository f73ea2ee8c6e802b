/** Sessions kept ready for readers, on the real host: whose they are, and that none is leaked or handed out dead. */
import { PassThrough } from 'node:stream';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../config/config.ts';
import { connectHost, type Host } from '../host/connect.ts';
import { createEvents } from '../observe/events.ts';
import { createLogger } from '../observe/log.ts';
import { Problem } from '../protocol/problems.ts';
import { discover } from './discover.ts';
import { Sessions } from './sessions.ts';
import { systemClock } from './system-clock.ts';

const instance = `test-pool-${process.pid}`;
const address = 'a'.repeat(64);
const log = createLogger('error');
const configOf = (env: Record<string, string> = {}) =>
  readConfig({ DOCKER_HOST: process.env['DOCKER_HOST'], SLIPWAY_INSTANCE: instance, ...env });
let owners = 0;
const owner = () => String(++owners).padStart(64, '0');
let host: Host;

/** Looks after its sessions ten times as often as usual, and can be put forward. */
const clock = {
  ...systemClock,
  ahead: 0,
  now: () => Date.now() + clock.ahead,
  every: (ms: number, work: () => void) => systemClock.every(ms / 10, work),
};

function open(
  pool: { initial: number; reserve: number; max: number },
  env: Record<string, string> = {},
  docker = host.docker,
): Promise<Sessions> {
  return Sessions.open({ ...host, docker }, { ...configOf(env), pool }, createEvents(log), clock, () => true);
}

/** The sessions' containers that are nobody's, by the register; and all of them. */
const all = async () => (await discover(host.docker, instance)).running;
const unclaimed = async () => (await all()).filter(({ claim }) => claim === undefined);
const full = (sessions: Sessions, size: number) =>
  expect.poll(() => sessions.ready, { timeout: 60_000, interval: 50 }).toBe(size);
const codes = (claims: PromiseSettledResult<unknown>[]) =>
  claims.map((one) => (one.status === 'fulfilled' ? 'given' : one.reason instanceof Problem ? one.reason.code : '?'));

beforeAll(async () => {
  const connected = await connectHost(configOf(), createEvents(log));
  if (!connected.ok) throw new Error(connected.reasons.join('\n'));
  host = connected.host;
});
afterEach(async () => {
  clock.ahead = 0;
  await using sweeper = await open({ initial: 0, reserve: 0, max: 0 });
  await sweeper.endAll();
});
afterAll(async () => expect((await discover(host.docker, instance)).objects).toEqual([]));

test('ten readers at once on a pool of three: everyone has a session of their own, three of them the ready ones', async () => {
  await using sessions = await open({ initial: 3, reserve: 3, max: 3 }, { SLIPWAY_MAX_SESSIONS: '10' });
  await full(sessions, 3);
  const ready = (await unclaimed()).map(({ id }) => id);
  expect(ready).toHaveLength(3);
  const readers = Array.from({ length: 10 }, owner);
  const twice = readers.flatMap((one) => [one, one]);
  const claims = await Promise.all(twice.map((one) => sessions.claim(one, address)));
  const ids = claims.map(({ session }) => session.id);
  expect(new Set(ids).size).toBe(10);
  for (const [i, { session }] of claims.entries()) {
    expect(session.id).toBe(ids[i - (i % 2)]);
    expect(session.owner).toBe(twice[i]);
  }
  expect(claims.map(({ fresh }) => fresh)).toEqual(readers.flatMap(() => [true, false]));
  expect(ids.filter((id) => ready.includes(id))).toHaveLength(6);
  // The host is full of readers: none is kept ready, and none was made beyond what it holds.
  expect(await all()).toHaveLength(10);
  expect(await unclaimed()).toEqual([]);
});

test('a ready session whose container died is not handed out, even by a process that has not heard of it', async () => {
  const deaf = Object.create(host.docker, {
    getEvents: { value: (options: { abortSignal: AbortSignal }) => new PassThrough({ signal: options.abortSignal }) },
  }) as Host['docker'];
  await using sessions = await open({ initial: 2, reserve: 0, max: 2 }, {}, deaf);
  await full(sessions, 2);
  const [first, second] = await unclaimed();
  const dead = host.docker.getContainer(first?.containerId ?? '');
  const gone = dead.wait({ condition: 'removed' });
  await dead.kill();
  await gone;
  const claims = await Promise.all([1, 2].map(() => sessions.claim(owner(), address)));
  const ids = claims.map(({ session }) => session.id);
  expect(ids).toContain(second?.id);
  expect(ids).not.toContain(first?.id);
  for (const { session } of claims) (await session.openShell(AbortSignal.timeout(10_000))).destroy();
});

test('more than the host holds: readers’ sessions count, those kept ready give way and come back', async () => {
  await using sessions = await open({ initial: 5, reserve: 5, max: 5 }, { SLIPWAY_MAX_SESSIONS: '2' });
  await full(sessions, 2);
  const asked = [owner(), owner(), owner()];
  const claims = await Promise.allSettled(asked.map((one) => sessions.claim(one, address)));
  expect(codes(claims)).toEqual(['given', 'given', 'host-full']);
  expect(await all()).toHaveLength(2);
  const mine = sessions.ofOwner(asked[0] ?? '');
  await sessions.end(mine?.id ?? '', 'session-ended');
  await full(sessions, 1);
  expect(await all()).toHaveLength(2);
  expect(codes(await Promise.allSettled([sessions.claim(asked[2] ?? '', address)]))).toEqual(['given']);
});

test('one that has waited long is replaced by a new one, and its lifetime counts from the claim', async () => {
  await using sessions = await open({ initial: 1, reserve: 1, max: 2 });
  await full(sessions, 1);
  const [old] = await unclaimed();
  clock.ahead = 301_000;
  await expect.poll(async () => (await unclaimed()).map(({ id }) => id), { timeout: 30_000 }).not.toContain(old?.id);
  await full(sessions, 1);
  const { session } = await sessions.claim(owner(), address);
  expect(session.usage.now.time.leftMs).toBeGreaterThan(configOf().limits.lifetimeSeconds * 1000 - 10_000);
});
