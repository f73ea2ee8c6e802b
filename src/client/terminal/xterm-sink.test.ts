import headless from '@xterm/headless';
import { expect, test, vi } from 'vitest';
import { Connection } from '../connection/connection.ts';
import { LoopbackPage } from '../connection/page.testing.ts';
import { Peer } from '../connection/peer.testing.ts';
import { xtermSink } from './xterm-sink.ts';

const soon = (check: () => void) => vi.waitFor(check, { timeout: 5_000, interval: 5 });

/** A real parser behind a real connection, as in the page. */
function open(peer: Peer) {
  const terminal = new headless.Terminal({ cols: 80, rows: 24, scrollback: 20_000, allowProposedApi: true });
  const answers: string[] = [];
  const page = new LoopbackPage(peer.origin);
  const quiet = () => undefined;
  const connection = new Connection(page.platform, xtermSink(terminal), {
    usage: () => undefined,
    problem: () => undefined,
    state: quiet,
    engine: quiet,
    session: quiet,
    evidence: quiet,
    refused: quiet,
  });
  terminal.onData((text) => {
    answers.push(text);
    connection.input(new TextEncoder().encode(text));
  });
  const lines = () =>
    Array.from({ length: terminal.buffer.active.length }, (_, row) =>
      terminal.buffer.active.getLine(row)?.translateToString(true),
    );
  const dispose = () => {
    connection.dispose();
    terminal.dispose();
  };
  return { page, connection, lines, answers, [Symbol.dispose]: dispose };
}

/** DA1, DA2, DSR, cursor position, DECRQM, DECRQSS: programs of before asked these, and had their answers. */
const QUERIES = '\x1b[c\x1b[>c\x1b[5n\x1b[6n\x1b[?6n\x1b[?2026$p\x1bP$qm\x1b\\';

test('queries in replayed output are answered to nobody, and those asked now are', async () => {
  await using peer = await Peer.listen();
  using it = open(peer);
  peer.print(`old\r\n${QUERIES}`.repeat(500));
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  expect(it.answers.length).toBeGreaterThan(500 * 5);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(peer.input).toHaveLength(0);
  peer.print('\x1b[5n');
  await soon(() => expect(peer.input.toString()).toBe('\x1b[0n'));
});

test('a reconnect in the same page answers nothing of what it missed', async () => {
  await using peer = await Peer.listen();
  using it = open(peer);
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  peer.current.terminate();
  peer.print(`missed ${QUERIES}`);
  await soon(() => expect(it.connection.state.name).toBe('reconnecting'));
  await soon(() => expect(it.connection.state.name).toBe('live'));
  expect(it.lines()[0]).toBe('missed ');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(peer.input).toHaveLength(0);
});

test('numbered lines through lost connections: each once, in order', async () => {
  await using peer = await Peer.listen();
  using it = open(peer);
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  for (let round = 0; round < 5; round += 1) {
    for (let n = 0; n < 2_000; n += 1) peer.print(`line ${round * 2_000 + n}\r\n`);
    peer.current.terminate();
    await soon(() => expect(it.connection.state.name).toBe('reconnecting'));
    it.page.wake();
    await soon(() => expect(it.connection.state.name).toBe('live'));
  }
  await soon(() => expect(it.lines().filter(Boolean)).toHaveLength(10_000));
  expect(it.lines().slice(0, 10_000)).toEqual(Array.from({ length: 10_000 }, (_, n) => `line ${n}`));
});

test('another shell begins on an empty screen, whatever the old one left half said', async () => {
  await using peer = await Peer.listen();
  using it = open(peer);
  // Half of "é", in red, inside a title that never ends.
  peer.print(Buffer.concat([Buffer.from('many\r\n'.repeat(100) + '\x1b[31m\x1b]0;title'), Buffer.of(0xc3)]));
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  peer.epoch = '00000000000000bb';
  peer.log = Buffer.from('fresh $');
  peer.current.terminate();
  await soon(() => expect(it.lines().filter(Boolean)).toEqual(['fresh $']));
});

test('what is no longer kept is marked where it is missing', async () => {
  await using peer = await Peer.listen();
  using it = open(peer);
  peer.print('before \x1b[3');
  it.connection.connect();
  await soon(() => expect(it.connection.state.name).toBe('live'));
  peer.say({ type: 'gap', offset: 12_345 });
  peer.sendRaw(12_345, Buffer.from('after'));
  await soon(() =>
    expect(it.lines().filter(Boolean)).toEqual(['before ', ' 12,335 bytes of output are no longer kept ', 'after']),
  );
});
