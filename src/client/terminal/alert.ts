/** What lies over the screen's edge until it is answered or over: an end that is near, an engine that does not come back. */
import type { EngineState } from '../../../sandbox/protocol/messages.ts';
import { problems } from '../../../sandbox/protocol/problems.ts';
import { warningFor } from './deadline.ts';
import type { Ends } from './deadline.ts';

/** So long an engine may be stopped before it is a matter: it is started again by itself within seconds. */
export const ENGINE_BACK_MS = 15_000;

export type Alert = {
  /** Is read out once. */
  text: string;
  /** The same where there is room for a word only. */
  short: string;
  /** When what is said comes true, by this page's clock; counted down beside the text. */
  at?: number;
  button?: { label: string; act: 'extend' | 'here' | 'save' | 'afresh' };
};

/** @param stoppedAt since when the engine has been stopped */
export function alertFor(ends: Ends | undefined, stoppedAt: number | undefined, now: number): Alert | undefined {
  const warning = ends && warningFor(ends, now);
  if (warning) return { ...warning, short: 'Ends soon' };
  if (stoppedAt === undefined || now - stoppedAt < ENGINE_BACK_MS) return undefined;
  const { title, kept, next } = problems['engine-dead'];
  return {
    text: [title, kept, next].join(' '),
    short: 'Docker stopped',
    button: { label: 'New sandbox', act: 'afresh' },
  };
}

/** Since when the engine is down, after it has said `state`: one that starts again has not come back yet. */
export function stoppedSince(
  before: number | undefined,
  state: EngineState | undefined,
  now: number,
): number | undefined {
  if (state === 'stopped') return before ?? now;
  return state === 'starting' ? before : undefined;
}
