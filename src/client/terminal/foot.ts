/** Shell or recording: which of them the stage shows, and the line below it that says why and leads to the other. */
import { whyNot } from '../connection/recorded.ts';
import type { State } from '../connection/state.ts';
import type { Phase } from './recording/player.ts';

export type Shown = 'shell' | 'recording';

export type Foot = {
  text: string;
  /** Whether "Try again" is offered. */
  again: boolean;
  /** Leads to what is not shown. */
  swap?: string;
};

/**
 * When a sandbox comes up, a recording under way is left to its end and to the reader; one that has ended makes room for the shell.
 * When the sandbox goes away, the shell's last screen stays until a recording is asked for.
 */
export function shownIn(state: State, shown: Shown, phase: Phase): Shown {
  return state.name === 'live' && phase !== 'playing' && phase !== 'paused' ? 'shell' : shown;
}

/** @param phase of the newest recording */
export function footFor(state: State, shown: Shown, phase: Phase): Foot | undefined {
  if (state.name === 'recorded') {
    // In an empty stage the same is said at its middle.
    if (shown === 'shell' && !state.seen && phase === 'empty') return undefined;
    const swap = swapIn(state.seen, shown, phase);
    return { text: whyNot(state), again: true, ...(swap ? { swap } : {}) };
  }
  if (shown === 'shell') return undefined;
  if (state.name === 'live') return { text: 'A sandbox is ready.', again: false, swap: 'Go to your shell' };
  return { text: '', again: false, swap: 'Back to the shell' };
}

function swapIn(seen: boolean, shown: Shown, phase: Phase): string | undefined {
  if (shown === 'recording') return seen ? 'Your shell’s last screen' : undefined;
  return phase === 'empty' ? undefined : 'Back to the recording';
}
