import { expect, test } from 'vitest';
import { linesOf } from './lines.ts';

async function* cut(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function lines(text: string, size: number): Promise<string[]> {
  const found: string[] = [];
  for await (const line of linesOf(cut(text, size), 10)) found.push(line);
  return found;
}

test.each([1, 2, 3, 100])('lines cut into pieces of %i bytes come out whole', async (size) => {
  expect(await lines('one\n\nzwölf\nthe rest', size)).toEqual(['one', '', 'zwölf']);
});

test.each([1, 4, 100])('a line that is too long is an empty one, in pieces of %i bytes', async (size) => {
  expect(await lines('0123456789\n0123456789x\nafter\n', size)).toEqual(['0123456789', '', 'after']);
});
