import { expect, test, vi } from 'vitest';
import { open } from './page.testing.ts';
import { Peer } from './peer.testing.ts';
import { longWaits } from './time.testing.ts';

const soon = (check: () => void) => vi.waitFor(check, { timeout: 5_000, interval: 5 });

test('no Docker host: recordings, no session asked for, and it looks again ever more seldom', async () => {
  await using peer = await Peer.listen();
  peer.problems.GET = 'host-missing';
  const time = longWaits();
  using it = open(peer, time);
  it.connection.connect();
  await soon(() => expect(it.connection.state).toMatchObject({ name: 'recorded', seen: false, looking: false }));
  expect(it.connection.state).toMatchObject({ why: { kind: 'problem', problem: { code: 'host-missing' } } });
  for (const wait of [15_000, 30_000, 60_000, 60_000]) {
    await soon(() => expect(time.waits).toEqual([wait]));
    time.pass();
    await soon(() => expect(it.connection.state).toMatchObject({ name: 'recorded', looking: false }));
  }
  expect(new Set(peer.requests)).toEqual(new Set(['GET /api/sandbox']));
});

test('a site of files only is asked for nothing but its own word', async () => {
  await using peer = await Peer.listen();
  peer.filesOnly = true;
  const time = longWaits();
  using it = open(peer, time);
  it.connection.connect();
  await soon(() => expect(it.connection.state).toMatchObject({ name: 'recorded', why: { kind: 'none' } }));
  expect(peer.requests).toEqual(['GET /api/sandbox']);
  expect(time.waits).toEqual([60_000]);
});

test('a sandbox comes up: recordings stand in until the shell is there', async () => {
  await using peer = await Peer.listen();
  peer.problems.GET = 'host-missing';
  const time = longWaits();
  using it = open(peer, time);
  it.connection.ask({ type: 'watch', checks: [] });
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('recorded'));
  it.connection.input(Buffer.from('typed at a recording\r'));
  peer.problems = {};
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  expect([...new Set(it.states.map(({ name }) => name))]).toEqual(['connecting', 'recorded', 'live']);
  await soon(() => expect(peer.said.map(({ type }) => type)).toEqual(['attach', 'watch']));
  expect(peer.input.toString()).toBe('');
});

test('the host goes away for good: recordings, and what was asked is answered', async () => {
  await using peer = await Peer.listen();
  using it = open(peer, longWaits());
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  it.connection.ask({ type: 'layers', ask: 7, image: 'goapp:multistage' });
  peer.problems = { GET: 'host-missing', POST: 'host-missing' };
  peer.end('holder-lost');
  await soon(() => expect(it.connection.state).toMatchObject({ name: 'recorded', seen: true }));
  expect(it.evidence).toEqual([
    { type: 'layers', ask: 7, image: 'goapp:multistage', why: 'There is no Docker host to run a sandbox on.' },
  ]);
  it.connection.ask({ type: 'prepare', ask: 8, files: [], steps: [], overwrite: false });
  expect(it.evidence.at(-1)).toMatchObject({ type: 'prepared', ask: 8, state: 'failed' });
});

test('a connection that is merely lost is waited for', async () => {
  await using peer = await Peer.listen();
  using it = open(peer);
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  peer.answers = false;
  peer.current.terminate();
  await soon(() => expect(it.connection.state.name).toBe('connecting'));
  expect(it.states.some(({ name }) => name === 'recorded')).toBe(false);
});

test('evidence is handed on, and asked for beside the bytes', async () => {
  await using peer = await Peer.listen();
  using it = open(peer);
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  it.connection.ask({ type: 'watch', checks: [] });
  await soon(() => expect(peer.said.at(-1)).toEqual({ type: 'watch', checks: [] }));
  peer.say({ type: 'images', images: [] });
  peer.say({ type: 'checks', results: [{ id: 'built', verdict: 'met' }] });
  await soon(() => expect(it.evidence.map(({ type }) => type)).toEqual(['images', 'checks']));
});
