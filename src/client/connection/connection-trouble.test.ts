import { expect, test, vi } from 'vitest';
import { Problem, sessionEnds } from '../../../sandbox/protocol/problems.ts';
import { open } from './page.testing.ts';
import { Peer } from './peer.testing.ts';
import { longWaits } from './time.testing.ts';

const soon = (check: () => void) => vi.waitFor(check, { timeout: 5_000, interval: 5 });

test('a full host is asked again, with its words', async () => {
  await using peer = await Peer.listen();
  peer.problems.POST = 'host-full';
  using it = open(peer);
  it.connection.connect();
  await soon(() => expect(peer.requests.filter((line) => line.startsWith('POST')).length).toBeGreaterThan(2));
  expect(it.states.find((state) => state.name === 'recorded')).toMatchObject({
    attempt: 1,
    why: { problem: { code: 'host-full' } },
  });
  peer.problems = {};
  await soon(() => expect(it.connection.state.name).toBe('live'));
});

test('nobody answers: unreachable, and tries again', async () => {
  const peer = await Peer.listen();
  using it = open(peer);
  await peer[Symbol.asyncDispose]();
  it.connection.connect();
  await soon(() => expect(it.connection.state).toMatchObject({ name: 'reconnecting', why: { kind: 'unreachable' } }));
  await soon(() => expect(it.connection.state).toMatchObject({ name: 'recorded', attempt: 3 }));
});

test.each([...sessionEnds])('%s: ended, until asked', async (code) => {
  await using peer = await Peer.listen();
  using it = open(peer);
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  peer.end(code);
  await soon(() => expect(it.connection.state).toMatchObject({ name: 'ended', problem: { code } }));
  it.page.wake();
  expect(it.connection.state.name).toBe('ended');
  peer.session = 'second';
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  expect(it.replaced).toEqual([false, false]);
});

test('the gateway restarts: words, and back by itself', async () => {
  await using peer = await Peer.listen();
  using it = open(peer);
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  peer.end('restarting');
  await soon(() => expect(it.states).toContainEqual(expect.objectContaining({ name: 'reconnecting', seen: true })));
  await soon(() => expect(it.connection.state.name).toBe('live'));
  expect(it.states.find((state) => state.name === 'reconnecting')).toMatchObject({
    why: { problem: { code: 'restarting' } },
  });
});

test('a socket that is refused is tried with a new ticket', async () => {
  await using peer = await Peer.listen();
  let tickets = 0;
  using it = open(peer, {
    fetch: async (path, init) => {
      const response = await fetch(new URL(path as string, peer.origin), init);
      if (init?.method !== 'POST' || (tickets += 1) > 1) return response;
      return Response.json({ ...((await response.json()) as object), ticket: 'used' });
    },
  });
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  expect(tickets).toBe(2);
});

test('silence: a ping that is not answered brings a new connection', async () => {
  await using peer = await Peer.listen();
  peer.answersPings = false;
  const time = longWaits();
  using it = open(peer, time);
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  expect(time.waits).toEqual([10_000]);
  it.page.wake();
  await soon(() => expect(peer.said.at(-1)).toEqual({ type: 'ping' }));
  expect(time.waits).toEqual([10_000, 5_000]);
  time.pass();
  await soon(() => expect(peer.sockets).toHaveLength(2));
  await soon(() => expect(it.connection.state.name).toBe('live'));
});

test('waking does not wait for the countdown', async () => {
  await using peer = await Peer.listen();
  peer.problems.GET = 'host-missing';
  using it = open(peer, longWaits());
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('recorded'));
  peer.problems = {};
  it.page.wake();
  await soon(() => expect(it.connection.state.name).toBe('live'));
});

test('a new sandbox: ends the old one, clears the screen, takes the new one', async () => {
  await using peer = await Peer.listen();
  using it = open(peer);
  peer.print('old');
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  peer.log = Buffer.from('new');
  peer.epoch = '00000000000000cc';
  peer.session = 'second';
  await it.connection.startAfresh();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  expect(peer.requests.slice(-2)).toEqual(['DELETE /api/session', 'POST /api/session']);
  expect(it.sink.shown.toString()).toBe('new');
  expect(it.replaced).toEqual([false, false]);
  expect(peer.said.filter((message) => message.type === 'attach').at(-1)).not.toHaveProperty('resume');
});

test('a new sandbox that cannot be had says why', async () => {
  await using peer = await Peer.listen();
  using it = open(peer, longWaits());
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  peer.problems.DELETE = 'too-many-requests';
  await it.connection.startAfresh();
  expect(it.connection.state).toMatchObject({
    name: 'reconnecting',
    why: { problem: { code: 'too-many-requests' } },
  });
});

test('disposed: the socket goes, nothing is tried any more', async () => {
  await using peer = await Peer.listen();
  const it = open(peer);
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  it.connection.dispose();
  await soon(() => expect(peer.current.readyState).toBe(3));
  it.page.wake();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(peer.sockets).toHaveLength(1);
});

test('a site that takes the question and never answers is given up after 15 s once there was a shell', async () => {
  await using peer = await Peer.listen();
  const time = longWaits();
  using it = open(peer, time);
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  peer.answers = false;
  peer.current.terminate();
  await soon(() => expect(time.waits).toEqual([15_000]));
  time.pass();
  await soon(() => expect(it.connection.state).toMatchObject({ name: 'reconnecting', why: { kind: 'unreachable' } }));
});

test('a session that ended while the page was away: it is told why, and gets no other before it asks', async () => {
  await using peer = await Peer.listen();
  using it = open(peer);
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  peer.problems.POST = 'session-idle';
  peer.current.terminate();
  await soon(() => expect(it.connection.state).toMatchObject({ name: 'ended', problem: { code: 'session-idle' } }));
  expect(peer.requests.filter((line) => line.startsWith('POST'))).toEqual([
    'POST /api/session',
    'POST /api/session?had=1',
  ]);
  peer.problems = {};
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  expect(peer.requests.at(-1)).toBe('POST /api/session');
});

test('what passes is told and is no reason for a later end', async () => {
  await using peer = await Peer.listen();
  using it = open(peer);
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  peer.say({ type: 'problem', problem: new Problem('network-quota').body });
  await soon(() => expect(it.problems.map(({ code }) => code)).toEqual(['network-quota']));
  expect(it.connection.state.name).toBe('live');
  peer.current.terminate();
  await soon(() => expect(it.connection.state).toMatchObject({ name: 'reconnecting', why: { kind: 'lost' } }));
});

test('what the session has used is told while it lasts, and the reader can stay', async () => {
  await using peer = await Peer.listen();
  using it = open(peer);
  it.connection.stay('extend');
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  peer.say({ type: 'usage', usage: { time: { leftMs: 50_000, extendMs: 60_000 } } });
  await soon(() => expect(it.usages).toEqual([{ time: { leftMs: 50_000, extendMs: 60_000 } }]));
  it.connection.stay('extend');
  it.connection.stay('here');
  await soon(() => expect(peer.said.slice(-2).map(({ type }) => type)).toEqual(['extend', 'here']));
  expect(peer.said.filter(({ type }) => type === 'extend')).toHaveLength(1);
  peer.current.terminate();
  await soon(() => expect(it.usages.at(-1)).toBeUndefined());
});
