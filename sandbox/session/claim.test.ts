import { expect, test } from 'vitest';
import { nameFor, readName, type Claim } from './claim.ts';

const owner = '0f'.repeat(32);
const address = 'a9'.repeat(32);
const claim: Claim = { owner, address, createdAt: new Date(1_795_523_958_994), extendedMs: 0 };

test.each([claim, { ...claim, extendedMs: 3_600_000 }])('a claim is read from the name as it was written', (one) => {
  expect(readName('slipway-abc', nameFor('slipway-abc', one))).toEqual(one);
});

test('a session nobody has claimed has its plain name', () => {
  expect(nameFor('slipway-abc', undefined)).toBe('slipway-abc');
  expect(readName('slipway-abc', 'slipway-abc')).toBeUndefined();
});

test('names are names to Docker', () => {
  // Source: RestrictedNamePattern of moby's daemon/names.
  expect(nameFor('slipway-abc', { ...claim, extendedMs: 1 })).toMatch(/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/);
});

test.each([
  'other-abc',
  `slipway-abcd.${owner}.${address}.1`,
  `slipway-abc.${owner}.${address}`,
  `slipway-abc.${owner.slice(1)}.${address}.1`,
  `slipway-abc.${owner.toUpperCase()}.${address}.1`,
  `slipway-abc.${owner}.${address}.1.2.3`,
  `slipway-abc.${owner}.${address}.1.-2`,
  `slipway-abc.${owner}.${address}.9999999999999999`,
  'slipway-abc.',
  '',
])('%j is nobody’s to have', (name) => {
  expect(readName('slipway-abc', name)).toBe('unreadable');
});
