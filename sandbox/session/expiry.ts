/** When a session's time is over. */
import type { ProblemCode } from '../protocol/problems.ts';

export type Age = {
  /** When its time is over, extensions included, in milliseconds since 1970. */
  readonly expiresAt: number;
  /** Since when nothing has happened in it, whether or not somebody is connected, in milliseconds since 1970. */
  readonly idleSince: number;
};

/** A connected reader is warned so many milliseconds before being idle ends their session. */
const WARN_MS = 60_000;

/** Why the session is to end now; undefined when it is not. */
export function whyDue(
  age: Age,
  now: number,
  limits: { readonly idleSeconds: number },
): Extract<ProblemCode, 'session-idle' | 'session-expired'> | undefined {
  if (now >= age.expiresAt) return 'session-expired';
  if (now - age.idleSince >= limits.idleSeconds * 1000) return 'session-idle';
  return undefined;
}

/** Milliseconds until being idle ends the session, once that is worth a warning; where the idle time is short, in its second half. */
export function idleLeft(
  { idleSince }: Pick<Age, 'idleSince'>,
  now: number,
  limits: { readonly idleSeconds: number },
): number | undefined {
  const idleMs = limits.idleSeconds * 1000;
  const left = Math.max(0, idleSince + idleMs - now);
  return left <= Math.min(WARN_MS, idleMs / 2) ? left : undefined;
}
