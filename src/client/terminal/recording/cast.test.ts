import { expect, test } from 'vitest';
import { fetchCast, readCast } from './cast.ts';

const header = '{"version": 2, "width": 100, "height": 30, "timestamp": 1790000000, "title": "ls"}';
const cast = (...lines: string[]) => [header, ...lines, ''].join('\n');

test('reads output, and shortens what was longer than a second', () => {
  expect(
    readCast(cast('[0.0, "o", "$ ls\\r\\n"]', '[0.25, "i", "x"]', '[0.5, "o", "a"]', '[7.5, "o", "\\u001b[1mb"]')),
  ).toEqual({
    cols: 100,
    rows: 30,
    recordedAt: 1_790_000_000_000,
    pieces: [
      { at: 0, text: '$ ls\r\n' },
      { at: 500, text: 'a' },
      { at: 1_500, text: '\x1b[1mb' },
    ],
    length: 1_500,
    took: 7_500,
  });
});

test('time that goes back stands still', () => {
  expect(readCast(cast('[1, "o", "a"]', '[0.5, "o", "b"]')).pieces.map(({ at }) => at)).toEqual([1_000, 1_000]);
});

test.each([
  ['', 'line 1 is not JSON'],
  ['<!doctype html>', 'line 1 is not JSON'],
  ['{"version": 3, "width": 100, "height": 30, "timestamp": 1}', 'line 1, version'],
  ['{"version": 2, "width": 100000, "height": 30, "timestamp": 1}', 'line 1, width'],
  [cast('[0, "o"]'), 'line 2'],
  [cast('[0, "o", "a"]', '["0", "o", "b"]'), 'line 3, 0'],
  [cast(), 'it shows nothing'],
])('says what is wrong with %j', (text, why) => expect(() => readCast(text)).toThrow(why));

test('says why a file cannot be had', async () => {
  const { signal } = new AbortController();
  const answer = (response: Response) => () => Promise.resolve(response);
  await expect(fetchCast(answer(new Response('', { status: 404 })), '/a.cast', signal)).rejects.toThrow(
    'not there (404)',
  );
  await expect(fetchCast(() => Promise.reject(new TypeError()), '/a.cast', signal)).rejects.toThrow('does not answer');
  expect((await fetchCast(answer(new Response(cast('[0, "o", "a"]'))), '/a.cast', signal)).length).toBe(0);
});
