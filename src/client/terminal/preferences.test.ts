import { expect, test } from 'vitest';
import { keepPreferences, readPreferences } from './preferences.ts';

const storing = (text: string | null) => ({ getItem: () => text });
const usual = { textSize: 14, screenReader: false };

test.each([null, 'not json', '7', 'null', '{"textSize":"16"}', '{"textSize":null,"screenReader":"yes"}'])(
  '%s is as if never set',
  (text) => expect(readPreferences(storing(text), 14)).toEqual(usual),
);

test('keeps and reads, within bounds', () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
  };
  keepPreferences(storage, { textSize: 18, screenReader: true });
  expect(readPreferences(storage, 14)).toEqual({ textSize: 18, screenReader: true });
  keepPreferences(storage, { textSize: 99, screenReader: false });
  expect(readPreferences(storage, 14).textSize).toBe(24);
});

test('works without storage', () => {
  const shut = {
    setItem: () => {
      throw new DOMException('quota');
    },
  };
  expect(() => keepPreferences(shut, usual)).not.toThrow();
  expect(readPreferences(undefined, 14)).toEqual(usual);
});
