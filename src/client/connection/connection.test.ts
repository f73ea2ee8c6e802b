import { expect, test, vi } from 'vitest';
import { OUTPUT_WINDOW } from '../../../sandbox/protocol/bounds.ts';
import { open } from './page.testing.ts';
import { Peer } from './peer.testing.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const soon = (check: () => void) => vi.waitFor(check, { timeout: 5_000, interval: 5 });
/** Numbered lines, so that a missing or doubled byte shows. */
const numbered = (lines: number) => Buffer.from(Array.from({ length: lines }, (_, n) => `line ${n}\r\n`).join(''));

test('asks whether there is a sandbox, then for a session, attaches with its ticket and is live', async () => {
  await using peer = await Peer.listen();
  using it = open(peer);
  peer.print('$ ');
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  expect(peer.requests).toEqual(['GET /api/sandbox', 'POST /api/session']);
  expect(peer.said[0]).toEqual({ type: 'attach', cols: 80, rows: 24 });
  expect(it.sink.shown.toString()).toBe('$ ');
  expect(it.states.map((state) => state.name)).toEqual(['connecting', 'live']);
});

test('is not live before the replay has been parsed, and sends nothing typed meanwhile', async () => {
  await using peer = await Peer.listen();
  using it = open(peer);
  it.sink.stalled = true;
  peer.print('old output');
  it.connection.connect();
  await soon(() => expect(peer.said).toHaveLength(1));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(it.connection.state.name).toBe('connecting');
  it.connection.input(bytes('\x1b[?1;2c'));
  it.sink.unstall();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  it.connection.input(bytes('ls\r'));
  await soon(() => expect(peer.input.toString()).toBe('ls\r'));
});

test('keeps what is typed before the first shell is there', async () => {
  await using peer = await Peer.listen();
  using it = open(peer);
  it.connection.connect();
  it.connection.input(bytes('ls\r'));
  await soon(() => expect(peer.input.toString()).toBe('ls\r'));
});

test('replays more than the window holds, acknowledging as it parses', async () => {
  await using peer = await Peer.listen();
  using it = open(peer);
  peer.print(numbered(100_000));
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  expect(it.sink.shown.equals(peer.log)).toBe(true);
  await soon(() => expect(peer.said.at(-1)).toEqual({ type: 'ack', offset: peer.log.length }));
});

test('acknowledges nothing that is not parsed, so a stalled screen holds the shell back', async () => {
  await using peer = await Peer.listen();
  using it = open(peer);
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  it.sink.stalled = true;
  peer.print(numbered(100_000));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(peer.said.filter((message) => message.type === 'ack')).toEqual([]);
  expect(peer.deepest).toBe(OUTPUT_WINDOW);
  it.sink.unstall();
  await soon(() => expect(it.sink.shown.length).toBe(peer.log.length));
});

test('a broken connection resumes where it stopped: nothing missing, nothing twice', async () => {
  await using peer = await Peer.listen();
  using it = open(peer);
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  for (let round = 0; round < 5; round += 1) {
    peer.print(numbered(20_000));
    await soon(() => expect(it.sink.shown.length).toBeGreaterThan(100_000 * round));
    peer.current.terminate();
    peer.print(numbered(100));
    await soon(() => expect(it.connection.state.name).toBe('reconnecting'));
    it.page.wake();
    await soon(() => expect(it.connection.state.name).toBe('live'));
  }
  await soon(() => expect(it.sink.shown.length).toBe(peer.log.length));
  expect(it.sink.shown.equals(peer.log)).toBe(true);
  expect(it.sink.cleared).toBe(1);
  const attaches = peer.said.filter((message) => message.type === 'attach');
  expect(attaches).toHaveLength(6);
  expect(attaches.slice(1).every((message) => message.resume?.epoch === peer.epoch)).toBe(true);
});

test('what is typed while a lost connection is brought back is not sent', async () => {
  await using peer = await Peer.listen();
  using it = open(peer);
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  peer.current.terminate();
  await soon(() => expect(it.connection.state.name).toBe('reconnecting'));
  it.connection.input(bytes('-rf /tmp/x\r'));
  await soon(() => expect(it.connection.state.name).toBe('live'));
  it.connection.input(bytes('a'));
  await soon(() => expect(peer.input.toString()).toBe('a'));
});

test('another shell clears the screen first', async () => {
  await using peer = await Peer.listen();
  using it = open(peer);
  peer.print('old shell');
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  peer.epoch = '00000000000000bb';
  peer.session = 'second';
  peer.log = Buffer.from('new');
  peer.current.terminate();
  await soon(() => expect(it.sink.shown.toString()).toBe('new'));
  await soon(() => expect(it.replaced).toEqual([false, true]));
});

test('a resume from what is no longer kept clears the screen and shows what is kept', async () => {
  await using peer = await Peer.listen();
  using it = open(peer);
  peer.print('0123456789');
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  peer.log = Buffer.from('much later');
  peer.kept = 5_000;
  peer.current.terminate();
  await soon(() => expect(it.sink.shown.toString()).toBe('much later'));
  await soon(() => expect(it.connection.state.name).toBe('live'));
});

test('drops bytes it has, and connects anew when bytes are missing', async () => {
  await using peer = await Peer.listen();
  using it = open(peer);
  peer.print('0123456789');
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  peer.sendRaw(5, Buffer.from('56789abc'));
  await soon(() => expect(it.sink.shown.toString()).toBe('0123456789abc'));
  peer.log = Buffer.from('0123456789abcdefghijklm');
  peer.sendRaw(20, Buffer.from('klm'));
  await soon(() => expect(it.sink.shown.toString()).toBe('0123456789abcdefghijklm'));
  expect(peer.sockets).toHaveLength(2);
});

test('a gap that is announced is shown, and output goes on after it', async () => {
  await using peer = await Peer.listen();
  using it = open(peer);
  peer.print('0123456789');
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  peer.say({ type: 'gap', offset: 1_000 });
  peer.sendRaw(1_000, Buffer.from('after'));
  await soon(() => expect(it.sink.shown.toString()).toBe('0123456789after'));
  expect(it.sink.lost).toBe(990);
  await soon(() => expect(peer.said.at(-1)).toEqual({ type: 'ack', offset: 1_005 }));
  expect(peer.sockets).toHaveLength(1);
});

test('a message it does not know ends the socket, not the shell', async () => {
  await using peer = await Peer.listen();
  using it = open(peer);
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  peer.current.send('{"type":"dance"}');
  await soon(() => expect(peer.sockets).toHaveLength(2));
  await soon(() => expect(it.connection.state.name).toBe('live'));
});

test('a large paste is sent in pieces as it is taken, and Ctrl-C does not wait behind it', async () => {
  await using peer = await Peer.listen();
  using it = open(peer);
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  peer.taking = false;
  it.connection.input(new Uint8Array(300_000).fill(0x78));
  await soon(() => expect(peer.input.length).toBeGreaterThan(30_000));
  it.connection.input(Uint8Array.of(3));
  await soon(() => expect(peer.input.at(-1)).toBe(3));
  expect(peer.input.length).toBeLessThanOrEqual(32 * 1024);
  peer.taking = true;
  peer.take();
  it.connection.input(bytes('ls'));
  await soon(() => expect(peer.input.subarray(-3).toString()).toBe('\x03ls'));
});

test('tells how much of a paste was refused', async () => {
  await using peer = await Peer.listen();
  using it = open(peer);
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  it.connection.input(new Uint8Array(1024 * 1024 + 10).fill(0x78));
  expect(it.refused).toEqual([10]);
  await soon(() => expect(peer.input.length).toBe(1024 * 1024));
});

test('tells the shell a new size only while there is one to tell', async () => {
  await using peer = await Peer.listen();
  using it = open(peer);
  it.connection.resize(90, 30);
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  it.connection.resize(100, 40);
  await soon(() => expect(peer.said.at(-1)).toEqual({ type: 'resize', cols: 100, rows: 40 }));
  expect(peer.said).toHaveLength(2);
});

test('passes on the engine’s state, and forgets it with the connection', async () => {
  await using peer = await Peer.listen();
  using it = open(peer);
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  peer.say({ type: 'engine', state: 'starting' });
  peer.say({ type: 'engine', state: 'ready' });
  await soon(() => expect(it.engines).toEqual(['starting', 'ready']));
  peer.current.terminate();
  await soon(() => expect(it.engines.at(-1)).toBeUndefined());
});
