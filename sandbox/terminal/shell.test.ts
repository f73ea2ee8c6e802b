import { duplexPair, type Duplex } from 'node:stream';
import { beforeEach, expect, test, vi } from 'vitest';
import { INPUT_WINDOW, OUTPUT_WINDOW, REPLAY_WINDOW } from '../protocol/bounds.ts';
import { frame, fromHolder } from './holder-protocol.ts';
import { Shell } from './shell.ts';

let holder: Duplex;
let shell: Shell;
const events = { attached: vi.fn(), output: vi.fn(), taken: vi.fn(), gap: vi.fn(), closed: vi.fn() };

beforeEach(() => {
  vi.clearAllMocks();
  const [ours, theirs] = duplexPair();
  holder = theirs;
  shell = new Shell(ours, events);
});

const numbers = (...values: bigint[]) => {
  const out = Buffer.alloc(8 * values.length);
  values.forEach((value, i) => out.writeBigUInt64BE(value, 8 * i));
  return out;
};
const hello = frame(fromHolder.attached, Buffer.concat([Buffer.from('0123456789abcdef', 'hex'), numbers(5n, 9n)]));

const output = (offset: bigint, length = 4) =>
  frame(fromHolder.output, Buffer.concat([numbers(offset), Buffer.alloc(length, 'x')]));

async function heard(): Promise<Buffer> {
  await vi.waitFor(() => expect(holder.readableLength).toBeGreaterThan(0));
  return holder.read() as Buffer;
}

test('asks for output from an offset, and passes on what comes', async () => {
  shell.attach({ cols: 80, rows: 24, resume: { epoch: 'ffffffffffffffff', from: 5 } });
  expect((await heard()).toString('hex')).toBe(
    '41' + '00000015' + '0050' + '0018' + '01' + 'ff'.repeat(8) + '0000000000000005',
  );
  holder.write(hello);
  holder.write(frame(fromHolder.output, Buffer.concat([numbers(5n), Buffer.from('text')])));
  await vi.waitFor(() => expect(events.output).toHaveBeenCalled());
  expect(events.attached).toHaveBeenCalledWith({ epoch: '0123456789abcdef', start: 5, end: 9 });
  expect(events.output.mock.calls[0]?.[0]).toEqual(Buffer.concat([numbers(5n), Buffer.from('text')]));
});

test.each<[string, Buffer, number?]>([
  ['output before attached', frame(fromHolder.output, numbers(0n))],
  ['an unknown frame', Buffer.concat([hello, frame('?', new Uint8Array())])],
  ['an offset that cannot be counted', Buffer.concat([hello, frame(fromHolder.gap, numbers(2n ** 60n))])],
  ['output without an offset', Buffer.concat([hello, frame(fromHolder.output, Buffer.alloc(7))])],
  ['more input taken than was sent', Buffer.concat([hello, frame(fromHolder.taken, numbers(1n))])],
  ['input taken twice', Buffer.concat([hello, ...[1n, 1n].map((n) => frame(fromHolder.taken, numbers(n)))]), 1],
  ['a second attached, which would fill the log', Buffer.concat([hello, hello])],
  ['an end before the start', frame(fromHolder.attached, Buffer.concat([Buffer.alloc(8), numbers(9n, 5n)]))],
  ['output that jumps', Buffer.concat([hello, output(6n)])],
  ['output that goes back', Buffer.concat([hello, output(5n), output(5n)])],
  ['output of no bytes', Buffer.concat([hello, output(5n, 0)])],
  [
    'output beyond what was acknowledged',
    Buffer.concat([
      hello,
      output(5n, OUTPUT_WINDOW / 2),
      output(5n + BigInt(OUTPUT_WINDOW / 2), OUTPUT_WINDOW / 2 + 1),
    ]),
  ],
  ['a gap that leads back', Buffer.concat([hello, frame(fromHolder.gap, numbers(5n))])],
  ['an answer to no ping', Buffer.concat([hello, frame(fromHolder.pong, new Uint8Array())])],
  ['a short number', Buffer.concat([hello, frame(fromHolder.taken, Buffer.alloc(3))])],
])('gives up on %s', async (_what, sent, typed = 0) => {
  shell.input(new Uint8Array(typed));
  holder.write(sent);
  await vi.waitFor(() => expect(events.closed).toHaveBeenCalledOnce());
  expect(events.closed.mock.calls[0]?.[0]).toBeInstanceOf(Error);
});

test('lets no more input wait than the window, and takes more when some was taken', async () => {
  holder.write(hello);
  await vi.waitFor(() => expect(events.attached).toHaveBeenCalled());
  shell.input(new Uint8Array(INPUT_WINDOW));
  expect(() => shell.input(new Uint8Array(1))).toThrow(RangeError);
  holder.write(frame(fromHolder.taken, numbers(10n)));
  await vi.waitFor(() => expect(events.taken).toHaveBeenCalledWith(10));
  shell.input(new Uint8Array(10));
  expect(() => shell.input(new Uint8Array(1))).toThrow(RangeError);
});

test('says once that it is over, whoever ended it', async () => {
  holder.end();
  await vi.waitFor(() => expect(events.closed).toHaveBeenCalledOnce());
  shell[Symbol.dispose]();
  expect(events.closed).toHaveBeenCalledOnce();
});

test('takes a window of output for each that is acknowledged, and goes on after a gap', async () => {
  const half = OUTPUT_WINDOW / 2;
  holder.write(hello);
  for (let i = 0; i < 4; i++) {
    holder.write(output(5n + BigInt(i * half), half));
    await vi.waitFor(() => expect(events.output).toHaveBeenCalledTimes(i + 1));
    shell.ack(5 + (i + 1) * half);
  }
  holder.write(frame(fromHolder.gap, numbers(1_000_000n)));
  holder.write(output(1_000_000n, half));
  await vi.waitFor(() => expect(events.output).toHaveBeenCalledTimes(5));
  expect(events.closed).not.toHaveBeenCalled();
});

test('lets more be under way while what was printed before is replayed, and no more than that', async () => {
  const end = BigInt(REPLAY_WINDOW);
  holder.write(frame(fromHolder.attached, Buffer.concat([Buffer.from('0123456789abcdef', 'hex'), numbers(0n, end)])));
  for (let at = 0; at < REPLAY_WINDOW; at += OUTPUT_WINDOW) holder.write(output(BigInt(at), OUTPUT_WINDOW));
  await vi.waitFor(() => expect(events.output).toHaveBeenCalledTimes(REPLAY_WINDOW / OUTPUT_WINDOW));
  expect(events.closed).not.toHaveBeenCalled();
  holder.write(output(end, 1));
  await vi.waitFor(() => expect(events.closed).toHaveBeenCalledOnce());
});
