import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LoopbackPage } from '../connection/page.testing.ts';
import { readMark, Spaced } from './marks.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test.each([
  ['A', { kind: 'A' }],
  ['B', { kind: 'B' }],
  ['C', { kind: 'C' }],
  ['C;cmdline=ls', { kind: 'C' }],
  ['D', { kind: 'D', exit: undefined }],
  ['D;0', { kind: 'D', exit: 0 }],
  ['D;137', { kind: 'D', exit: 137 }],
  ['P;k=s', undefined],
  ['', undefined],
])('reads %j', (data, mark) => expect(readMark(data)).toEqual(mark));

test('asked often, it acts at once and then once for all that came meanwhile', () => {
  let ran = 0;
  const spaced = new Spaced(new LoopbackPage('http://127.0.0.1').platform, 500, () => (ran += 1));
  spaced.ask();
  expect(ran).toBe(1);
  spaced.ask();
  spaced.ask();
  expect(ran).toBe(1);
  vi.advanceTimersByTime(499);
  expect(ran).toBe(1);
  vi.advanceTimersByTime(1);
  expect(ran).toBe(2);
  vi.advanceTimersByTime(5_000);
  expect(ran).toBe(2);
});
