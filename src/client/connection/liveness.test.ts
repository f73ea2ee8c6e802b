import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PING_EVERY_MS, PONG_WITHIN_MS } from '../../../sandbox/protocol/bounds.ts';
import { Liveness } from './liveness.ts';
import { LoopbackPage } from './page.testing.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function make() {
  const seen = { visible: true };
  const { platform } = new LoopbackPage('http://127.0.0.1', { visible: () => seen.visible });
  const ping = vi.fn();
  const dead = vi.fn();
  return { liveness: new Liveness(platform, ping, dead), ping, dead, seen };
}

test('asks every PING_EVERY_MS as long as answers come', () => {
  const { liveness, ping, dead } = make();
  ping.mockImplementation(() => liveness.heard());
  vi.advanceTimersByTime(PING_EVERY_MS * 5);
  expect(ping).toHaveBeenCalledTimes(5);
  expect(dead).not.toHaveBeenCalled();
});

test('is dead once when no answer came within PONG_WITHIN_MS', () => {
  const { ping, dead } = make();
  vi.advanceTimersByTime(PING_EVERY_MS + PONG_WITHIN_MS - 1);
  expect(dead).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(dead).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(PING_EVERY_MS * 5);
  expect(dead).toHaveBeenCalledTimes(1);
  expect(ping).toHaveBeenCalledTimes(1);
});

test('does not ask while nobody looks, but at once when told to', () => {
  const { liveness, ping, seen } = make();
  seen.visible = false;
  vi.advanceTimersByTime(PING_EVERY_MS * 3);
  expect(ping).not.toHaveBeenCalled();
  liveness.check();
  liveness.check();
  expect(ping).toHaveBeenCalledTimes(1);
});

test('stopped: silent', () => {
  const { liveness, ping, dead } = make();
  liveness.check();
  liveness.stop();
  vi.advanceTimersByTime(PING_EVERY_MS * 5);
  expect(ping).toHaveBeenCalledTimes(1);
  expect(dead).not.toHaveBeenCalled();
});
