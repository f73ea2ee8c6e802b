/** When the sandbox will end by itself, what is said of it beforehand, and what puts it off. */
import type { Usage } from '../../../sandbox/protocol/usage.ts';

/** So long before an end it is announced. */
export const WARN_MS = 60_000;

/** The ends of a session, in milliseconds since the epoch of this page's clock. */
export type Ends = { time: number; idle?: number; extendMs: number };

export type Warning = {
  /** When it ends. */
  at: number;
  /** Is read out once: it does not count down. */
  text: string;
  button?: { label: string; act: 'extend' | 'here' | 'save' };
};

/** @param now when `usage` arrived: what is left runs from there */
export function endsOf({ time }: Usage, now: number): Ends {
  return {
    time: now + time.leftMs,
    extendMs: time.extendMs,
    ...(time.idleMs === undefined ? {} : { idle: now + time.idleMs }),
  };
}

/** What is to be said at `now`: the end that comes first, once it is near. */
export function warningFor(ends: Ends, now: number): Warning | undefined {
  const { time, idle, extendMs } = ends;
  if (idle !== undefined && idle < time) {
    if (idle - now > WARN_MS) return undefined;
    return {
      at: idle,
      text: 'Your sandbox is about to end: nothing has happened in it for a while. Its files and images would go.',
      button: { label: 'I am still here', act: 'here' },
    };
  }
  if (time - now > WARN_MS) return undefined;
  if (extendMs === 0)
    return {
      at: time,
      text: 'Your sandbox is about to end: its time is over and cannot be extended any more. Its files and images go; the lessons and your progress stay.',
      button: { label: 'Save my files', act: 'save' },
    };
  return {
    at: time,
    text: 'Your sandbox is about to end: its time is over. Its files and images would go.',
    button: { label: extendLabel(extendMs), act: 'extend' },
  };
}

/** "Stay another hour", "Stay 30 more minutes". @param ms one extension adds; more than 0 */
export function extendLabel(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes <= 1) return ms < 60_000 ? 'Stay a little longer' : 'Stay another minute';
  if (minutes === 60) return 'Stay another hour';
  return minutes % 60 === 0 ? `Stay ${minutes / 60} more hours` : `Stay ${minutes} more minutes`;
}

/** Milliseconds until what is shown changes by itself. */
export function nextLook(ends: Ends, now: number): number {
  const next = Math.min(ends.time, ends.idle ?? Infinity) - now;
  if (next <= WARN_MS) return 1_000;
  return Math.min(30_000, next - WARN_MS);
}
