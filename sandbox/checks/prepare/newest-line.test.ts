import { expect, test } from 'vitest';
import { NewestLine } from './newest-line.ts';

test.each([
  ['one\ntwo\n', 'two'],
  ['one\ntwo', 'two'],
  ['one\n\n  \n', 'one'],
  ['10 %\r20 %', '20 %'],
  ['\x1b[1;32m#5 done\x1b[0m\x1b[K\n', '#5 done'],
  ['\x1b]0;title\x07text', 'text'],
  ['\x1b]8;;https://x\x1b\\link\x1b]8;;\x1b\\', 'link'],
  ['bell\x07 \u202eturned', 'bell\ufffd \ufffdturned'],
])('of %j is %j', (text, newest) => {
  expect(new NewestLine().push(Buffer.from(text))).toBe(newest);
});

test('a character cut in two is whole again', () => {
  const line = new NewestLine();
  const bytes = Buffer.from('é');
  line.push(bytes.subarray(0, 1));
  expect(line.push(bytes.subarray(1))).toBe('é');
});

test('never more than a screen has, and quickly, whatever is written', () => {
  const line = new NewestLine();
  const begun = performance.now();
  for (const text of ['\x1b[', '\x1b]', 'x', '\x1b[0;', '\r'])
    expect(line.push(Buffer.from(text.repeat(200_000))).length).toBeLessThanOrEqual(300);
  expect(performance.now() - begun).toBeLessThan(1_000);
});
