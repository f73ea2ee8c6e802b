import { expect, test } from 'vitest';
import { FrameReader } from './frame-reader.ts';
import { frame, HolderProtocolError, MAX_PAYLOAD } from './holder-protocol.ts';

function collect(): { reader: FrameReader; seen: [string, string][] } {
  const seen: [string, string][] = [];
  return { reader: new FrameReader((kind, payload) => seen.push([kind, payload.toString()])), seen };
}

const stream = Buffer.concat([
  frame('o', Buffer.from('first')),
  frame('p', new Uint8Array()),
  frame('o', Buffer.from('x'.repeat(40_000))),
]);
const frames = [
  ['o', 'first'],
  ['p', ''],
  ['o', 'x'.repeat(40_000)],
];

test.each([1, 2, 3, 5, 7, 4096, 65_536])('reads frames from pieces of %i bytes', (size) => {
  const { reader, seen } = collect();
  for (let at = 0; at < stream.length; at += size) reader.push(stream.subarray(at, at + size));
  expect(seen).toEqual(frames);
});

test('gives up on a frame that is larger than any may be, before keeping it', () => {
  const { reader, seen } = collect();
  const header = Buffer.alloc(5, 'o');
  header.writeUInt32BE(MAX_PAYLOAD + 1, 1);
  expect(() => reader.push(header)).toThrow(HolderProtocolError);
  expect(seen).toEqual([]);
});

test('a frame that trickles in byte by byte is kept in few pieces', () => {
  const { reader, seen } = collect();
  const whole = frame('o', Buffer.alloc(MAX_PAYLOAD, 'x'));
  let most = 0;
  for (let at = 0; at < whole.length; at++) {
    reader.push(whole.subarray(at, at + 1));
    most = Math.max(most, reader.parts);
  }
  expect(most).toBeLessThanOrEqual(64);
  expect(seen.map(([kind, text]) => [kind, text.length])).toEqual([['o', MAX_PAYLOAD]]);
});
