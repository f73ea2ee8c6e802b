import { expect, test } from 'vitest';
import { shown } from './shown.ts';

test.each([
  ['usr/bin', 'usr/bin'],
  ['a\nb\x1b[31m\x00c', 'a\ufffdb\ufffd[31m\ufffdc'],
  ['\u202egnp.exe', '\ufffdgnp.exe'],
  ['\ud800x', '\ufffdx'],
  ['Größe 😀', 'Größe 😀'],
])('%j is shown as %j', (text, seen) => {
  expect(shown(text)).toBe(seen);
});

test('what is too long ends in an ellipsis, never within a character', () => {
  expect(shown('x'.repeat(200))).toBe(`${'x'.repeat(159)}…`);
  expect(shown(`${'x'.repeat(158)}😀😀`)).toBe(`${'x'.repeat(158)}\ufffd…`);
});
