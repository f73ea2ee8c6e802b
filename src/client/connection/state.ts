/** The states of a connection, as data: what the reader sees is made from nothing else. */
import type { ProblemBody } from '../../../sandbox/protocol/problems.ts';

/** Why a connection is not there. */
export type Why =
  /** The socket broke or fell silent. */
  | { kind: 'lost' }
  /** No answer, or an answer that is not this site's. */
  | { kind: 'unreachable' }
  /** The site is only files: nobody makes sandboxes here. */
  | { kind: 'none' }
  /** `pauseMs`: how long the sandbox's side wants not to be asked. */
  | { kind: 'problem'; problem: ProblemBody; pauseMs?: number };

export type State =
  | { name: 'idle' }
  /** `seen`: this page was live before. `failed`: the try before this one, until there is better news. */
  | { name: 'connecting'; seen: boolean; failed?: { why: Why; attempt: number } }
  | { name: 'live' }
  /** Tries again at `at` (milliseconds since the epoch). `seen`: this page was live before. */
  | { name: 'reconnecting'; at: number; attempt: number; why: Why; seen: boolean }
  /** There is no sandbox to be had: recordings stand in for it. Looks again at `at`, or is just looking. */
  | { name: 'recorded'; at: number; attempt: number; why: Why; seen: boolean; looking: boolean }
  /** Nothing goes on by itself; the problem says what a person can do. */
  | { name: 'ended'; problem: ProblemBody };
