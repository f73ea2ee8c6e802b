import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LoopbackPage } from '../../connection/page.testing.ts';
import type { Cast } from './cast.ts';
import { Player } from './player.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const cast: Cast = {
  cols: 100,
  rows: 30,
  recordedAt: 0,
  pieces: [
    { at: 0, text: 'a' },
    { at: 1_000, text: 'b' },
    { at: 2_000, text: 'c' },
  ],
  length: 2_000,
  took: 9_000,
};

function make() {
  let shown = '';
  let told = 0;
  const player = new Player(
    new LoopbackPage('http://127.0.0.1').platform,
    (text) => (shown += text),
    () => (told += 1),
  );
  return { player, shown: () => shown, told: () => told };
}

test('shows each piece at its moment, and tells how far it is', () => {
  const { player, shown, told } = make();
  player.play(cast);
  expect([shown(), player.phase]).toEqual(['a', 'playing']);
  vi.advanceTimersByTime(999);
  expect([shown(), player.position]).toEqual(['a', 999]);
  vi.advanceTimersByTime(1);
  expect(shown()).toBe('ab');
  expect(told()).toBeGreaterThan(9);
  vi.advanceTimersByTime(1_000);
  expect([shown(), player.phase, player.position]).toEqual(['abc', 'ended', 2_000]);
});

test('held, nothing happens; then it goes on from there', () => {
  const { player, shown } = make();
  player.play(cast);
  vi.advanceTimersByTime(700);
  player.toggle();
  expect(player.phase).toBe('paused');
  vi.advanceTimersByTime(60_000);
  expect([shown(), player.position]).toEqual(['a', 700]);
  player.toggle();
  vi.advanceTimersByTime(300);
  expect(shown()).toBe('ab');
});

test('faster from where it is', () => {
  const { player, shown } = make();
  player.play(cast);
  vi.advanceTimersByTime(600);
  player.speed = 4;
  expect(player.position).toBe(600);
  vi.advanceTimersByTime(100);
  expect(shown()).toBe('ab');
  vi.advanceTimersByTime(250);
  expect(player.phase).toBe('ended');
});

test('to the end at once, also while held', () => {
  const { player, shown } = make();
  player.play(cast);
  player.pause();
  player.end();
  expect([shown(), player.phase, player.position]).toEqual(['abc', 'ended', 2_000]);
  vi.advanceTimersByTime(10_000);
  expect(shown()).toBe('abc');
});

test('again from the beginning when it has ended; nothing when there is none', () => {
  const { player, shown } = make();
  player.toggle();
  expect(player.phase).toBe('empty');
  player.play(cast);
  player.end();
  player.toggle();
  expect([shown(), player.phase]).toEqual(['abca', 'playing']);
});
