import { expect, test } from 'vitest';
import { FrameSplitter, STDERR, STDOUT } from './frames.ts';

const frame = (stream: number, text: string): Buffer => {
  const header = Buffer.alloc(8);
  header.writeUInt8(stream, 0);
  header.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([header, Buffer.from(text)]);
};

const collect = () => {
  const seen = new Map<number, string>();
  const splitter = new FrameSplitter((stream, bytes) => seen.set(stream, (seen.get(stream) ?? '') + bytes.toString()));
  return { seen, splitter };
};

const mixed = Buffer.concat([frame(STDOUT, 'one '), frame(STDERR, 'oops'), frame(STDOUT, ''), frame(STDOUT, 'two')]);

test.each(Array.from({ length: mixed.length }, (_, n) => n + 1))(
  'frames cut into pieces of %i bytes come out whole',
  (size) => {
    const { seen, splitter } = collect();
    for (let at = 0; at < mixed.length; at += size) splitter.push(mixed.subarray(at, at + size));
    expect(Object.fromEntries(seen)).toEqual({ [STDOUT]: 'one two', [STDERR]: 'oops' });
    expect(splitter.whole).toBe(true);
  },
);

test('a stream that stops within a header or a payload is not whole', () => {
  for (const cut of [3, 10]) {
    const { splitter } = collect();
    splitter.push(mixed.subarray(0, cut));
    expect(splitter.whole).toBe(false);
  }
});

test('payload is passed on before its frame is complete, and without a copy', () => {
  const pieces: Buffer[] = [];
  const splitter = new FrameSplitter((_, bytes) => pieces.push(bytes));
  const start = frame(STDOUT, 'abcdef').subarray(0, 10);
  splitter.push(start);
  expect(pieces.map(String)).toEqual(['ab']);
  expect(pieces[0]?.buffer).toBe(start.buffer);
});

test('bytes that are not framed are refused', () => {
  const { splitter } = collect();
  expect(() => splitter.push(Buffer.from('hello, world'))).toThrow(/no stream 104/);
});
