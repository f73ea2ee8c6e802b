/** How long to wait before trying again. */
import type { Why } from './state.ts';

const FIRST_MS = 200;
export const LONGEST_MS = 15_000;

/**
 * Doubles from 0.2 s up to 15 s, spread by a quarter either way so that a room full of readers does not come back at once.
 * @param attempt tries that have failed since the last good connection, from 0
 * @param why a host that is missing, or a limit on requests, is not asked more often than every 15 s
 * @param random from 0 up to 1
 * @returns milliseconds
 */
export function delayBefore(attempt: number, why: Why, random: number): number {
  if (why.kind === 'problem' && (why.problem.code === 'host-missing' || why.problem.code === 'too-many-requests'))
    return LONGEST_MS;
  const doubled = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
  return Math.min(LONGEST_MS, Math.round(doubled * (0.75 + random * 0.5)));
}
