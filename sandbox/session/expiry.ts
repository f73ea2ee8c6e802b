/** When a session's time is over. */
import type { ProblemCode } from '../protocol/problems.ts';

export type Age = {
  /** When its time is over, extensions included, in milliseconds since 1970. */
  readonly expiresAt: number;
  /** Since when nobody has been connected, in milliseconds since 1970; undefined while somebody is. */
  readonly idleSince: number | undefined;
};

/** Why the session is to end now; undefined when it is not. */
export function whyDue(
  age: Age,
  now: number,
  limits: { readonly idleSeconds: number },
): Extract<ProblemCode, 'session-idle' | 'session-expired'> | undefined {
  if (now >= age.expiresAt) return 'session-expired';
  if (age.idleSince !== undefined && now - age.idleSince >= limits.idleSeconds * 1000) return 'session-idle';
  return undefined;
}
