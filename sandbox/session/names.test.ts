import { expect, test } from 'vitest';
import { namesOf, newId } from './names.ts';

test('an id is 12 characters of base32 and never the same', () => {
  const ids = new Set(Array.from({ length: 1000 }, () => newId()));
  expect(ids.size).toBe(1000);
  for (const id of ids) expect(id).toMatch(/^[a-z2-7]{12}$/);
});

test('every bit of five counts', () => {
  expect(newId(new Uint8Array(12).fill(255))).toBe('777777777777');
  expect(newId(new Uint8Array(12))).toBe('aaaaaaaaaaaa');
});

test('objects are named for their installation and session', () => {
  expect(namesOf('slipway', 'abc')).toEqual({
    container: 'slipway-abc',
    home: 'slipway-abc-home',
    network: 'slipway-abc-net',
  });
});
