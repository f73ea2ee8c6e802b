/**
 * Everything the sandbox logs: one function per event. What may be in a line is what its function takes, so terminal bytes,
 * cookies, tickets and addresses cannot reach the log: no function takes them.
 */
import { LineQuota } from './line-quota.ts';
import type { Logger } from './log.ts';

export type Events = ReturnType<typeof createEvents>;

/** What any stranger's program sends to any address all day. */
const noise = new Set(['bad-request', 'not-found']);

/** Refusals logged in a minute, of each code: whoever sends requests decides how many there are. */
const REFUSALS = 60;
/** Ended preparations logged in a minute, of all sessions: a page asks for them, and so can any program. */
const PREPARATIONS = 120;

/**
 * @param log the logger the lines go to
 * @param now milliseconds of a clock
 */
export function createEvents(log: Logger, now: () => number = () => performance.now()) {
  const refusals = new LineQuota(now, REFUSALS);
  const preparations = new LineQuota(now, PREPARATIONS);
  return {
    listening: (at: { address: string; mode: string }) => log.info(at, 'listening'),
    stopping: (why: { signal: string }) => log.info(why, 'stopping'),
    siteMissing: (at: { directory: string }) => log.warn(at, 'there is no built site to serve'),
    originsLocalOnly: (at: { host: string }) =>
      log.warn(at, 'only this machine can open sessions: set SLIPWAY_ORIGIN to the address readers type'),

    hostConnected: (host: { kind: string; rootless: boolean; standIn: boolean }) => log.info(host, 'host connected'),
    hostMissing: (why: { code: string; reasons: readonly string[] }) => log.warn(why, 'no host'),
    hostAnswersAgain: () => log.info('host answers again'),

    sessionClaimed: (session: { session: string; fresh: boolean; ms: number }) => log.info(session, 'session claimed'),
    sessionEnded: (session: { session: string; why: string }) => log.info(session, 'session ended'),
    /** A session that could not be made; nothing of it is left. */
    sessionFailed: (what: { session: string; error: unknown }) =>
      log.error({ session: what.session, error: plain(what.error) }, 'session not made'),
    orphansRemoved: (what: { sessions: readonly string[] }) => log.info(what, 'left-behind sessions removed'),
    /** The host did not answer, or did not do what it was asked; it is asked again. */
    hostLost: (why: { error: unknown }) => log.warn({ error: plain(why.error) }, 'host does not answer as it should'),
    shellAttached: (shell: { session: string; resumed: boolean; ms: number }) => log.info(shell, 'shell attached'),
    socketClosed: (socket: { session: string; code: number; ms: number }) => log.info(socket, 'socket closed'),

    /** A preparation that ended: never what it was to do, nor what it said. */
    prepared: (what: { session: string; state: string; ms: number }) => {
      const { written, leftOut } = preparations.take('prepared');
      if (written) log.info({ ...what, ...(leftOut > 0 ? { leftOut } : {}) }, 'workspace prepared');
    },

    /** A request that was refused at a wall, or failed in a way that was foreseen. */
    refused: (what: { request: string; code: string; at: string; cause?: unknown }) => {
      const level = noise.has(what.code) ? 'debug' : 'info';
      const { written, leftOut } = level === 'debug' ? { written: true, leftOut: 0 } : refusals.take(what.code);
      if (!written) return;
      log[level]({ ...what, cause: plain(what.cause), ...(leftOut > 0 ? { leftOut } : {}) }, 'refused');
    },
    /** An API request that was answered. `route` is the route's pattern, never the address that was asked for. */
    answered: (what: { request: string; method: string; route: string; status: number; ms: number }) =>
      log.debug(what, 'answered'),
    /** What nobody foresaw. The reader is told the id and nothing else. */
    failed: (what: { id: string; at: string; error: unknown }) =>
      log.error({ id: what.id, at: what.at, error: plain(what.error) }, 'failed'),
  };
}

/** The parts of an error worth a line; `cause` is followed, other properties (requests, sockets) are left out. */
function plain(error: unknown): unknown {
  if (error === undefined || error === null) return undefined;
  if (!(error instanceof Error)) return { type: typeof error };
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    cause: plain(error.cause),
  };
}
