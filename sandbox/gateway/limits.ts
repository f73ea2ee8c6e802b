/** The gateway's bounds. Times are milliseconds, sizes bytes. */
import { ATTACH_TIMEOUT_MS, REPLAY_WINDOW } from '../protocol/bounds.ts';
import type { Rate } from './request-rate.ts';

export type Limits = Readonly<{
  /** A new socket's first message must have come by then. */
  attachMs: number;
  /** A socket or shell that takes nothing for so long is given up. */
  stallMs: number;
  /** Every socket is pinged this often; one that has not answered the last ping is dropped. */
  beatMs: number;
  /** A closing socket whose other end does not answer is cut off. */
  closeMs: number;
  /** How long the session has to say that it ended after its shell's stream did. */
  endedMs: number;
  /** A session that takes longer to start is answered with a problem. */
  claimMs: number;
  /** All that is waiting for one client, before its shell is held back. */
  outputBytes: number;
  socketsPerSession: number;
  /** Sockets of one address, for each session it may have. */
  socketsPerAddressSession: number;
  /** How often one address may ask for, or end, a session. A class room behind one address reloads its pages together. */
  sessionRate: Rate;
  /** Time to send a request's headers, and the whole of it. */
  headersMs: number;
  requestMs: number;
  keepAliveMs: number;
  /** A connection on which nothing moves is cut off; longer than any answer takes. Terminals are not meant. */
  idleMs: number;
  bodyBytes: number;
  headerBytes: number;
  headerCount: number;
  /** Connections of all kinds: so many, and so many more for each session the host may have. */
  connections: number;
  connectionsPerSession: number;
}>;

export const defaultLimits: Limits = Object.freeze({
  attachMs: ATTACH_TIMEOUT_MS,
  stallMs: 20_000,
  beatMs: 30_000,
  closeMs: 3_000,
  endedMs: 1_000,
  claimMs: 55_000,
  outputBytes: 2 * REPLAY_WINDOW,
  socketsPerSession: 8,
  socketsPerAddressSession: 4,
  sessionRate: { burst: 120, perSecond: 2, addresses: 10_000 },
  headersMs: 10_000,
  requestMs: 15_000,
  keepAliveMs: 30_000,
  idleMs: 120_000,
  bodyBytes: 16 * 1024,
  headerBytes: 16 * 1024,
  headerCount: 100,
  connections: 256,
  connectionsPerSession: 16,
});
