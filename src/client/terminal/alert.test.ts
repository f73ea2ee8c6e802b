import { expect, test } from 'vitest';
import { alertFor, ENGINE_BACK_MS, stoppedSince } from './alert.ts';

test('an engine that is back within a moment is no matter; one that is not is told, with a way out', () => {
  expect(alertFor(undefined, 1_000, 1_000 + ENGINE_BACK_MS - 1)).toBeUndefined();
  const alert = alertFor(undefined, 1_000, 1_000 + ENGINE_BACK_MS);
  expect(alert?.text).toMatch(/engine in this sandbox has stopped.*Your shell and files are as they were/);
  expect(alert?.button).toEqual({ label: 'New sandbox', act: 'afresh' });
});

test('an end that is near comes before it', () => {
  const alert = alertFor({ time: 31_000, extendMs: 60_000 }, 1_000, 1_000 + ENGINE_BACK_MS);
  expect(alert?.button?.act).toBe('extend');
});

test('stopped is counted from its first word, and forgotten when the engine is back or asleep', () => {
  expect(stoppedSince(undefined, 'stopped', 5)).toBe(5);
  expect(stoppedSince(5, 'stopped', 9)).toBe(5);
  expect(stoppedSince(5, 'starting', 9)).toBe(5);
  for (const state of ['ready', 'asleep', undefined] as const) expect(stoppedSince(5, state, 9)).toBeUndefined();
  expect(stoppedSince(undefined, 'starting', 9)).toBeUndefined();
});
