import { expect, test } from 'vitest';
import { stringField, WireMessage } from './wire.ts';

const bytes = (...values: (number | string | Buffer)[]) =>
  Buffer.concat(values.map((value) => (typeof value === 'number' ? Buffer.from([value]) : Buffer.from(value))));
const field = (n: number, content: Buffer) => bytes((n << 3) | 2, content.length, content);

test('numbers, texts, messages and maps are found by their field', () => {
  const entry = Buffer.concat([stringField(1, 'target'), stringField(2, 'test')]);
  const time = bytes((1 << 3) | 0, 0x90, 0x4e, (2 << 3) | 0, 0x80, 0xca, 0xb5, 0xee, 0x01);
  const message = new WireMessage(
    Buffer.concat([
      stringField(1, 'first'),
      stringField(1, 'last'),
      bytes((2 << 3) | 0, 0xac, 0x02),
      field(3, entry),
      field(6, time),
      bytes((7 << 3) | 1, 1, 2, 3, 4, 5, 6, 7, 8, (8 << 3) | 5, 1, 2, 3, 4),
    ]),
  );
  expect(message.string(1, 100)).toBe('last');
  expect(message.strings(1, 9, 100)).toEqual(['first', 'last']);
  expect(message.number(2)).toBe(300);
  expect(message.bool(2)).toBe(true);
  expect([...message.map(3, 100)]).toEqual([['target', 'test']]);
  expect(message.time(6)).toBe(10_000_500);
  expect([message.string(9, 100), message.number(9), message.bool(9), message.message(9), message.time(9)]).toEqual([
    '',
    0,
    false,
    undefined,
    undefined,
  ]);
});

test('text where a number is expected, and a number where text is, are as if they were not there', () => {
  const message = new WireMessage(Buffer.concat([stringField(1, 'text'), bytes((2 << 3) | 0, 5)]));
  expect(message.number(1)).toBe(0);
  expect(message.string(2, 100)).toBe('');
});

test('of long texts and many no more is read than is asked for', () => {
  const message = new WireMessage(Buffer.concat(Array.from({ length: 9 }, () => stringField(1, 'x'.repeat(100)))));
  expect(message.string(1, 7)).toBe('xxxxxxx');
  expect(message.strings(1, 2, 3)).toEqual(['xxx', 'xxx']);
});

test.each([
  ['a text cut short', bytes((1 << 3) | 2, 5, 'abc')],
  ['a number cut short', bytes((1 << 3) | 0, 0x80)],
  ['a number without end', bytes((1 << 3) | 0, ...Array.from({ length: 11 }, () => 0xff))],
  ['a group', bytes((1 << 3) | 3)],
  ['a length beyond all memory', bytes((1 << 3) | 2, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f)],
  ['a million fields', Buffer.alloc(2_000_000, bytes((1 << 3) | 0, 1))],
])('%s is refused', (_, message) => {
  expect(() => new WireMessage(message)).toThrow(RangeError);
});
