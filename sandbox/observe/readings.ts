/** What is so at one moment, for whoever asks: told by main.ts from the rooms that know, and by no event. */
import type { EngineState } from '../protocol/messages.ts';

/** Of all sessions together, and of the one with the most. */
export type Use = { readonly sum: number; readonly most: number };

export type Census = Readonly<{
  /** `warm`: kept ready for whoever comes. `claimed`: a reader's. */
  sessions: Readonly<Record<'warm' | 'claimed' | 'making' | 'ending', number>>;
  /** Readers in the line. */
  waiting: number;
  engines: Readonly<Record<EngineState, number>>;
  /** Bytes, of the sessions that were measured. */
  disk: Use;
  memory: Use;
  network: Use;
}>;

export type Readings = Readonly<{
  /** The Docker host answers and has what sessions are made from. */
  host: boolean;
  /** Sessions there may be at once. */
  most: number;
  /** Open terminal sockets. */
  sockets: number;
  census: Census;
}>;

const none: Use = { sum: 0, most: 0 };

/** Of a host that is not there. */
export const nobody: Census = Object.freeze({
  sessions: { warm: 0, claimed: 0, making: 0, ending: 0 },
  waiting: 0,
  engines: { starting: 0, ready: 0, asleep: 0, stopped: 0 },
  disk: none,
  memory: none,
  network: none,
});
