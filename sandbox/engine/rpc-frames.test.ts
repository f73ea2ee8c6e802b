import { expect, test } from 'vitest';
import { EngineAnswer } from './api.ts';
import { splitMessages } from './rpc-frames.ts';

const framed = (text: string, compressed = 0) => {
  const head = Buffer.alloc(5);
  head.writeUInt8(compressed);
  head.writeUInt32BE(text.length, 1);
  return Buffer.concat([head, Buffer.from(text)]);
};

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function all(bytes: Buffer, size = 7): Promise<string[]> {
  const found: string[] = [];
  for await (const message of splitMessages(cut(bytes, size))) found.push(message.toString());
  return found;
}

test.each([1, 2, 3, 5, 8, 100])('messages cut into pieces of %i bytes come out whole', async (size) => {
  const bytes = Buffer.concat([framed('one'), framed(''), framed('three times')]);
  expect(await all(bytes, size)).toEqual(['one', '', 'three times']);
});

test.each([
  ['cut short', framed('one').subarray(0, 6)],
  ['compressed', framed('one', 1)],
  ['too long', Buffer.from([0, 0x7f, 0xff, 0xff, 0xff])],
  ['HTML', Buffer.from('<html>')],
])('a message that is %s is refused', async (_, bytes) => {
  await expect(all(bytes)).rejects.toThrow(EngineAnswer);
});
