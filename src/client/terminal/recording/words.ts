/** What is said of a recording. */
import { IDLE_MS } from './cast.ts';
import type { Cast } from './cast.ts';
import type { Phase, Speed } from './player.ts';

/** "24 November 2026", by the clock of Greenwich, so that it is the same for all readers. */
export function dayOf(ms: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(ms);
}

/** Says on every recording that it is one. */
export function labelOf({ recordedAt }: Cast): string {
  return `Recording, measured on ${dayOf(recordedAt)}`;
}

/** Says that waits were shortened, when they were. */
export function cutOf({ length, took }: Cast): string {
  if (took - length < 1) return '';
  return `It took ${clock(took)}; waits are shortened to ${IDLE_MS / 1_000} s.`;
}

/** "1:05" of minutes and seconds. */
export function clock(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** What the first button does in a phase. */
export function toggleWord(phase: Phase): 'Pause' | 'Resume' | 'Again' {
  if (phase === 'playing') return 'Pause';
  return phase === 'paused' ? 'Resume' : 'Again';
}

export function speedWord(speed: Speed): string {
  return `${speed}×`;
}
