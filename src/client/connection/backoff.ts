/** How long to wait before trying again. */
import type { Why } from './state.ts';

const FIRST_MS = 200;
export const LONGEST_MS = 15_000;
/** Where only a person can change anything: first and longest wait. */
const HOST_MS = [15_000, 60_000] as const;
const LONGEST_PAUSE_MS = 120_000;
const NONE_MS = [60_000, 600_000] as const;

/**
 * Doubles from 0.2 s up to 15 s, spread by a quarter either way so that a room full of readers does not come back at once.
 * @param attempt tries that have failed since the last good connection, from 0
 * @param why where a host is missing, or too much was asked, from 15 s up to a minute; where there is nobody to make one, up to 10 minutes;
 *   where the other side said how long, that and a little more
 * @param random from 0 up to 1
 * @returns milliseconds
 */
export function delayBefore(attempt: number, why: Why, random: number): number {
  if (why.kind === 'problem' && why.pauseMs !== undefined)
    return Math.min(LONGEST_PAUSE_MS, Math.round(why.pauseMs * (1 + random * 0.1)));
  if (why.kind === 'problem' && (why.problem.code === 'host-missing' || why.problem.code === 'too-many-requests'))
    return within(HOST_MS, attempt);
  if (why.kind === 'none') return within(NONE_MS, attempt);
  const doubled = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
  return Math.min(LONGEST_MS, Math.round(doubled * (0.75 + random * 0.5)));
}

function within([first, longest]: readonly [number, number], attempt: number): number {
  return Math.min(longest, first * 2 ** attempt);
}
