/** Sessions on the real host that DOCKER_HOST names, with the images "npm start" makes: `npm run test:host`. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Duplex } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { readConfig, type Config } from '../config/config.ts';
import { engineClient } from '../engine/client.ts';
import { run } from '../engine/exec.ts';
import { connectHost, type Host } from '../host/connect.ts';
import { createEvents } from '../observe/events.ts';
import { createLogger } from '../observe/log.ts';
import type { ProblemCode } from '../protocol/problems.ts';
import type { Clock } from './clock.ts';
import { discover } from './discover.ts';
import { GRACE_MS } from './orphans.ts';
import type { Session } from './session.ts';
import { Sessions } from './sessions.ts';
import { systemClock } from './system-clock.ts';

const instance = `test-${process.pid}`;
const log = createLogger('silent');
const address = 'a'.repeat(64);
let host: Host;
let owners = 0;
const owner = () => String(++owners).padStart(64, '0');
const configOf = (env: Record<string, string> = {}): Config =>
  readConfig({ DOCKER_HOST: process.env['DOCKER_HOST'], SLIPWAY_INSTANCE: instance, SLIPWAY_POOL_MAX: '0', ...env });
const opened: Sessions[] = [];

async function open(
  env: Record<string, string> = {},
  clock: Clock = systemClock,
  on: Partial<Host> = {},
): Promise<Sessions> {
  const sessions = await Sessions.open({ ...host, ...on }, configOf(env), createEvents(log), clock);
  opened.push(sessions);
  return sessions;
}

/** A clock that can be put forward. */
function puttable() {
  const clock = { ...systemClock, ahead: 0, now: () => Date.now() + clock.ahead, wall: () => Date.now() + clock.ahead };
  return clock;
}

/** Attaches to the shell and gives the holder's epoch, which names one life of the shell. */
async function attach(session: Session): Promise<{ stream: Duplex; epoch: string }> {
  const stream = await session.openShell(AbortSignal.timeout(10_000));
  stream.write(Buffer.concat([Buffer.from([0x41, 0, 0, 0, 21, 0, 80, 0, 24]), Buffer.alloc(17)]));
  const chunks: Buffer[] = [];
  for (let length = 0; length < 29; length += chunks.at(-1)?.length ?? 0) {
    chunks.push(await new Promise<Buffer>((resolve, reject) => stream.once('data', resolve).once('error', reject)));
  }
  const first = Buffer.concat(chunks);
  expect(String.fromCharCode(first[0] ?? 0)).toBe('a');
  return { stream, epoch: first.toString('hex', 5, 13) };
}

const ready = (session: Session) => expect.poll(() => session.engine.state, { timeout: 20_000 }).toBe('ready');
const ended = (session: Session) => new Promise<ProblemCode>((resolve) => session.onEnded(resolve));
const left = async () => (await discover(host.docker, instance)).objects;
const inside = async (session: Session, command: string) =>
  (await run(session.container, ['bash', '-c', command])).stdout.toString().trim();
const processes = (session: Session) => inside(session, 'ps -e -o args= | grep -v "^ps\\|^bash -c"');

beforeAll(async () => {
  const connected = await connectHost(configOf(), createEvents(log));
  if (!connected.ok) throw new Error(connected.reasons.join('\n'));
  host = connected.host;
});
afterEach(async () => {
  for (const sessions of opened.splice(0)) await sessions[Symbol.asyncDispose]();
  await using sweeper = await Sessions.open(host, configOf(), createEvents(log), systemClock);
  await sweeper.endAll();
});
afterAll(async () => expect(await left()).toEqual([]));

test('claims of one owner at the same time make one session, and its end leaves nothing', async () => {
  const sessions = await open();
  const me = owner();
  const claims = await Promise.all([1, 2, 3].map(() => sessions.claim(me, address)));
  expect(new Set(claims.map(({ session }) => session.id)).size).toBe(1);
  expect(claims.map(({ fresh }) => fresh).sort()).toEqual([false, false, true]);
  const session = claims[0]?.session as Session;
  expect((await left()).map(({ id }) => id)).toEqual([session.id, session.id, session.id]);
  const why = ended(session);
  await Promise.all([sessions.end(session.id, 'session-ended'), sessions.end(session.id, 'session-ended')]);
  expect(await why).toBe('session-ended');
  expect(await left()).toEqual([]);
  expect(sessions.ofOwner(me)).toBeUndefined();
  await expect(session.openShell(AbortSignal.timeout(1_000))).rejects.toMatchObject({ code: 'session-ended' });
  await sessions.end(session.id, 'session-ended');
});

test('sessions being made count against both limits', async () => {
  const sessions = await open({ SLIPWAY_MAX_SESSIONS: '3', SLIPWAY_SESSIONS_PER_ADDRESS: '2' });
  const claims = await Promise.allSettled([
    sessions.claim(owner(), address),
    sessions.claim(owner(), address),
    sessions.claim(owner(), address),
    sessions.claim(owner(), 'b'.repeat(64)),
    sessions.claim(owner(), 'c'.repeat(64)),
  ]);
  expect(claims.map((one) => (one.status === 'fulfilled' ? 'made' : (one.reason as { code: string }).code))).toEqual([
    'made',
    'made',
    'address-full',
    'made',
    'host-full',
  ]);
});

test('the next process finds the session, and in it the same shell', async () => {
  const first = await open();
  const me = owner();
  const { session } = await first.claim(me, address);
  const before = await attach(session);
  await first[Symbol.asyncDispose]();
  expect(before.stream.destroyed).toBe(true);
  const second = await open();
  const claim = await second.claim(me, address);
  expect(claim.fresh).toBe(false);
  expect(claim.session).toMatchObject({ id: session.id, owner: me, address, createdAt: session.createdAt });
  expect((await attach(claim.session)).epoch).toBe(before.epoch);
  await ready(claim.session);
});

test('an extension is kept in the register: the next process grants what is left of it', async () => {
  const limits = { SLIPWAY_LIFETIME_SECONDS: '600', SLIPWAY_EXTEND_SECONDS: '60', SLIPWAY_EXTEND_MOST_SECONDS: '150' };
  const first = await open(limits);
  const me = owner();
  const { session } = await first.claim(me, address);
  const lasts = session.usage.now.time.leftMs;
  session.extend();
  session.extend();
  expect(session.usage.now.time).toMatchObject({ extendMs: 30_000 });
  const name = async () => (await session.container.inspect()).Name;
  await expect.poll(name).toMatch(/\.120000$/);
  await first[Symbol.asyncDispose]();
  const second = await open(limits);
  const found = (await second.claim(me, address)).session;
  expect(found.usage.now.time.extendMs).toBe(30_000);
  expect(found.usage.now.time.leftMs).toBeGreaterThan(lasts + 100_000);
  expect(found.createdAt).toEqual(session.createdAt);
  found.extend();
  found.extend();
  expect(found.usage.now.time.extendMs).toBe(0);
  await expect.poll(name).toMatch(/\.150000$/);
});

test.each([
  ['forward', 86_400_000],
  ['back', -86_400_000],
])(
  'the machine’s clock is put %s by a day: a session lasts as long as before, for the next process too',
  async (_way, by) => {
    const clock = { ...systemClock, ahead: 0, wall: () => Date.now() + clock.ahead };
    const first = await open({}, clock);
    const me = owner();
    const { session } = await first.claim(me, address);
    const lasts = session.usage.now.time.leftMs;
    const dated = session.createdAt.getTime();
    clock.ahead = by;
    await expect
      .poll(() => Math.abs(session.createdAt.getTime() - dated - by), { timeout: 10_000 })
      .toBeLessThan(1_000);
    await first.reap();
    await first[Symbol.asyncDispose]();
    const second = await open({}, { ...systemClock, now: clock.wall, wall: clock.wall });
    const claim = await second.claim(me, address);
    expect(claim).toMatchObject({ fresh: false, session: { id: session.id } });
    for (const { usage } of [session, claim.session]) {
      expect(usage.now.time.leftMs).toBeLessThanOrEqual(lasts);
      expect(usage.now.time.leftMs).toBeGreaterThan(lasts - 60_000);
    }
  },
);

test('a session whose date is to come, because the clock was put back while no process was there, lasts no longer than any', async () => {
  const first = await open();
  const me = owner();
  const { session } = await first.claim(me, address);
  const lasts = session.usage.now.time.leftMs;
  await first[Symbol.asyncDispose]();
  const yesterday = () => Date.now() - 86_400_000;
  const second = await open({}, { ...systemClock, now: yesterday, wall: yesterday });
  const found = (await second.claim(me, address)).session;
  expect(found.id).toBe(session.id);
  expect(found.usage.now.time.leftMs).toBeLessThanOrEqual(lasts + 1);
});

test('a container that somebody has given another name is nobody’s, and no orphan', async () => {
  const first = await open();
  const me = owner();
  const { session } = await first.claim(me, address);
  await first[Symbol.asyncDispose]();
  await session.container.rename({ name: `${instance}-elsewhere` });
  const clock = puttable();
  clock.ahead = 2 * GRACE_MS;
  const second = await open({}, clock);
  expect(second.ofOwner(me)).toBeUndefined();
  expect(second.get(session.id)).toBeUndefined();
  expect(await left()).toHaveLength(3);
});

test('a connection through the engine that is let go leaves no process, nor does an engine that is watched no longer', async () => {
  const sessions = await open({}, systemClock, { links: undefined });
  const { session } = await sessions.claim(owner(), address);
  await ready(session);
  const quiet = await expect
    .poll(() => processes(session))
    .not.toContain('engine-watch')
    .then(() => processes(session));
  const lease = session.lease();
  const { stream } = await attach(session);
  await expect.poll(() => processes(session)).toContain('engine-watch');
  expect(await processes(session)).toContain('holder attach');
  stream.destroy();
  lease[Symbol.dispose]();
  await expect.poll(() => processes(session), { timeout: 5_000 }).toBe(quiet);
});

test('a container that dies ends the session, and what it leaves is removed', async () => {
  const sessions = await open();
  const { session } = await sessions.claim(owner(), address);
  const why = ended(session);
  await session.container.kill();
  expect(await why).toBe('session-ended');
  await expect.poll(left).toEqual([]);
});

test('nothing happens for the idle time: those connected are warned, and it is over; a sign of life puts it off', async () => {
  const clock = puttable();
  const sessions = await open({ SLIPWAY_IDLE_SECONDS: '600' }, clock);
  const me = owner();
  const { session } = await sessions.claim(me, address);
  const why = ended(session);
  const lease = session.lease();
  const warned: (number | undefined)[] = [];
  session.usage.onChange(() => warned.push(session.usage.now.time.idleMs));
  clock.ahead = 550_000;
  await sessions.reap();
  expect(warned).toEqual([expect.closeTo(50_000, -4)]);
  session.active();
  expect(warned.slice(1)).toEqual([undefined]);
  clock.ahead = 700_000;
  await sessions.reap();
  expect(sessions.get(session.id)).toBe(session);
  expect(sessions.whyEnded(me)).toBeUndefined();
  lease[Symbol.dispose]();
  clock.ahead += 601_000;
  expect(await why).toBe('session-idle');
  expect(sessions.whyEnded(me)).toBe('session-idle');
  await expect.poll(left).toEqual([]);
});

test('its lifetime over: ended even while somebody is connected', async () => {
  const clock = puttable();
  const sessions = await open({ SLIPWAY_LIFETIME_SECONDS: '3600' }, clock);
  const { session } = await sessions.claim(owner(), address);
  const why = ended(session);
  using lease = session.lease();
  expect(lease).toBeDefined();
  clock.ahead = 3_600_000;
  expect(await why).toBe('session-expired');
});

test('a session that idles out with no process to see it is swept up by the next', async () => {
  const sessions = await open({ SLIPWAY_IDLE_SECONDS: '2' });
  const { session } = await sessions.claim(owner(), address);
  await sessions[Symbol.asyncDispose]();
  await expect.poll(() => session.container.inspect().catch(() => 'gone'), { timeout: 10_000 }).toBe('gone');
  expect(await left()).toHaveLength(2);
  const early = await open();
  expect(await left()).toHaveLength(2);
  await early[Symbol.asyncDispose]();
  const clock = puttable();
  clock.ahead = GRACE_MS + 10_000;
  await open({}, clock);
  expect(await left()).toEqual([]);
});

test('a session that cannot be made leaves nothing, and says why', async () => {
  const without = await open({}, systemClock, { worldImage: 'slipway/world:none' });
  await expect(without.claim(owner(), address)).rejects.toMatchObject({ code: 'image-missing' });
  expect(await left()).toEqual([]);
  // An image without our entry program.
  const golang = (await host.docker.listImages({ filters: { label: ['slipway.role=golang'] } }))[0]?.Id;
  const broken = await open({}, systemClock, { worldImage: golang ?? 'golang:1.26.8' });
  await expect(broken.claim(owner(), address)).rejects.toMatchObject({ code: 'start-failed' });
  expect(await left()).toEqual([]);
  expect(broken.size).toBe(0);
});

test('an engine that dies is started again, and the page hears of it', async () => {
  const sessions = await open();
  const { session } = await sessions.claim(owner(), address);
  using lease = session.lease();
  expect(lease).toBeDefined();
  await ready(session);
  const states: string[] = [];
  session.engine.onState(() => states.push(session.engine.state));
  await inside(session, 'kill -9 $(pgrep -x dockerd)');
  await expect.poll(() => states, { timeout: 20_000 }).toEqual(['stopped', 'starting', 'ready']);
  expect(await inside(session, 'docker images -q golang:1.26.8')).toMatch(/^[0-9a-f]{12}$/);
});

test('the engine’s API answers through an exec', async () => {
  const sessions = await open();
  const { session } = await sessions.claim(owner(), address);
  await ready(session);
  using engine = engineClient(session.container);
  const [first, second] = await Promise.all([engine.docker.listImages(), engine.docker.listImages()]);
  expect(first.flatMap(({ RepoTags }) => RepoTags)).toContain('golang:1.26.8');
  // Images made in the same second come in no certain order.
  const byId = (images: typeof first) => images.toSorted((one, other) => one.Id.localeCompare(other.Id));
  expect(byId(second)).toEqual(byId(first));
});

test('one session reaches nothing of another', async () => {
  const sessions = await open();
  const [one, two] = (await Promise.all([sessions.claim(owner(), address), sessions.claim(owner(), address)])).map(
    ({ session }) => session,
  ) as [Session, Session];
  const listener = `perl -MIO::Socket::INET -e '$s = IO::Socket::INET->new(Listen => 1, LocalPort => 8080) or die; $s->accept while 1' &`;
  await run(one.container, ['bash', '-c', `${listener} sleep 0.5`]);
  const ip = (await inside(one, 'hostname -I')).split(' ')[0] ?? '';
  const knock = `timeout 2 bash -c '</dev/tcp/${ip}/8080' 2>/dev/null && echo open || echo closed`;
  expect(await inside(one, knock)).toBe('open');
  expect(await inside(two, knock)).toBe('closed');
  expect(await inside(two, 'docker ps -aq | wc -l')).toBe('0');
});

describe.each([
  ['over the shared folder', {}, false],
  ['through the engine', { links: undefined }, true],
])('the way to the shell %s', (_name, on, exec) => {
  test('leads to one shell, again and again', async () => {
    const sessions = await open({}, systemClock, on);
    const { session } = await sessions.claim(owner(), address);
    const streams = [];
    const epochs = new Set<string>();
    for (let i = 0; i < 5; i++) {
      const { stream, epoch } = await attach(session);
      streams.push(stream);
      epochs.add(epoch);
    }
    expect(epochs.size).toBe(1);
    expect((await processes(session)).includes('holder attach')).toBe(exec);
    for (const stream of streams) stream.destroy();
    await expect.poll(() => processes(session), { timeout: 5_000 }).not.toContain('holder attach');
  });
});

test('a session that spoils the shared folder’s socket is still reached, through the engine', async () => {
  const sessions = await open();
  const { session } = await sessions.claim(owner(), address);
  const { epoch } = await attach(session);
  const flood =
    "perl -MSocket -e 'for (1..200) { socket(my $s, AF_UNIX, SOCK_STREAM, 0); connect($s, pack_sockaddr_un(q(/run/slipway/gateway.sock))); }'";
  await run(session.container, ['sh', '-c', `${flood}; touch /run/slipway/x; rm -f /run/slipway/gateway.sock; true`]);
  expect((await attach(session)).epoch).toBe(epoch);
  expect(await processes(session)).toContain('holder attach');
});

test('the reader’s files are packed by themselves, whole or not at all, and one archive at a time', async () => {
  const sessions = await open();
  const { session } = await sessions.claim(owner(), address);
  const { signal } = new AbortController();
  const [archive, second] = await Promise.allSettled([session.files(signal), session.files(signal)]);
  if (archive.status === 'rejected') throw archive.reason;
  expect(gunzipSync(archive.value).toString('latin1')).toContain('workspace/');
  expect(second).toMatchObject({ reason: { code: 'too-many-requests' } });
  const fill = ['sh', '-c', 'head -c 9M /dev/urandom >~/workspace/large'];
  expect((await run(session.container, fill)).code).toBe(0);
  await expect(session.files(signal)).rejects.toMatchObject({ code: 'files-not-saved' });
  await sessions.end(session.id, 'session-ended');
  await expect(session.files(signal)).rejects.toMatchObject({ code: 'session-ended' });
});
