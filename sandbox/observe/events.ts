/**
 * Everything the sandbox logs and counts: one function per event. What may be in a line is what its function takes and line.ts knows,
 * so terminal bytes, cookies and tickets cannot reach the log: no function takes them, and what hangs on an argument beside is left out.
 */
import type { ProblemCode } from '../protocol/problems.ts';
import type { CheckResult } from '../protocol/checks.ts';
import type { ServerMessage } from '../protocol/messages.ts';
import { lineOf, type Line, type Told } from './line.ts';
import { LineQuota } from './line-quota.ts';
import type { Logger } from './log.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import type { UnusedReason } from './metrics/readers.ts';

export type Events = ReturnType<typeof createEvents>;

/** What any stranger's program sends to any address all day. */
const noise: ReadonlySet<ProblemCode> = new Set(['bad-request', 'not-found']);

/** Lines a minute of each kind of what strangers decide how often it happens. */
const MOST = { refused: 60, prepared: 120, egress: 600 };

/** WebSocket close codes of a client that went in good order. */
const left: ReadonlySet<number> = new Set([1000, 1001, 1005]);

type PreparedState = Extract<ServerMessage, { type: 'prepared' }>['state'];

/** `sent` and `received`: bytes, as the session sees them. */
export type EgressRequest = {
  session: string;
  method: string;
  host: string;
  port: number;
  status: number;
  sent: number;
  received: number;
  ms: number;
};

export type EventsOptions = {
  /** Milliseconds of a clock. */
  now?: () => number;
  metrics?: Metrics;
};

/** @param log the logger the lines go to */
export function createEvents(
  log: Logger,
  { now = () => performance.now(), metrics = createMetrics() }: EventsOptions = {},
) {
  const quotas = {
    refused: new LineQuota(now, MOST.refused),
    prepared: new LineQuota(now, MOST.prepared),
    egress: new LineQuota(now, MOST.egress),
  };
  const write = <T extends Told>(level: 'debug' | 'info' | 'warn' | 'error', told: Line<T>, words: string) =>
    log[level](lineOf(told), words);
  /** Writes unless there were too many of the kind in this minute. */
  const writeSome = <T extends Told>(of: keyof typeof MOST, kind: string, told: Line<T>, words: string) => {
    const { written, leftOut } = quotas[of].take(kind);
    if (written) write<Told>('info', leftOut > 0 ? { ...told, leftOut } : told, words);
  };
  return {
    listening: (at: { address: string; mode: string }) => write('info', at, 'listening'),
    stopping: (why: { signal: string }) => write('info', why, 'stopping'),
    siteMissing: (at: { directory: string }) => write('warn', at, 'there is no built site to serve'),
    originsLocalOnly: (at: { host: string }) =>
      write('warn', at, 'only this machine can open sessions: set SLIPWAY_ORIGIN to the address readers type'),
    metricsServed: (at: { address: string }) => write('info', at, 'metrics are served'),
    /** The gateway goes on without. */
    metricsNotServed: (at: { address: string; error: unknown }) =>
      write('warn', at, 'metrics are not served: choose another SLIPWAY_METRICS_PORT, or 0 for none'),

    hostFound: (host: { kind: string; address: string }) => write('debug', host, 'host found'),
    hostConnected: (host: { kind: string; rootless: boolean; standIn: boolean }) =>
      write('info', host, 'host connected'),
    hostMissing: (why: { code: ProblemCode; reasons: readonly string[] }) => write('warn', why, 'no host'),
    hostAnswersAgain: () => write('info', {}, 'host answers again'),
    /** The host did not answer, or did not do what it was asked; it is asked again. */
    hostLost: (why: { error: unknown }) => {
      metrics.hostLosses.add();
      write('warn', why, 'host does not answer as it should');
    },

    /** A reader was given a session. `fresh`: they had none before. `warm`: it was kept ready. */
    sessionClaimed: (session: { session: string; fresh: boolean; warm?: boolean; ms: number }) => {
      const how = session.warm === true ? 'warm' : 'made';
      metrics.claims.add(session.fresh ? how : 'found');
      if (session.fresh) metrics.claiming.took(session.ms);
      write('info', session, 'session claimed');
    },
    /** A reader was given none; the refusal itself is another event. */
    claimRefused: () => metrics.claims.add('refused'),
    /** A session's container runs; it is nobody's yet. */
    sessionMade: (session: { session: string; ms: number }) => {
      metrics.making.took(session.ms);
      write('info', session, 'session made');
    },
    /** A session that could not be made; nothing of it is left. */
    sessionFailed: (what: { session: string; error: unknown }) => {
      metrics.makingFailures.add();
      write('error', what, 'session not made');
    },
    /** A session that is nobody's yet stands ready for a reader, so long after it was begun. */
    sessionReady: (session: { session: string; ms: number }) => {
      metrics.warming.took(session.ms);
      write('info', session, 'session ready for a reader');
    },
    /** A session that no reader had is gone. */
    sessionUnused: (session: { session: string; why: UnusedReason }) => {
      metrics.unused.add(session.why);
      write('info', session, 'session no reader had is gone');
    },
    sessionEnded: (session: { session: string; why: ProblemCode }) => {
      metrics.ended.add(session.why);
      write('info', session, 'session ended');
    },
    sessionExtended: (session: { session: string }) => {
      metrics.extensions.add();
      write('debug', session, 'session extended');
    },
    orphansRemoved: (what: { sessions: readonly string[] }) => {
      metrics.orphans.add(what.sessions.length);
      write('info', what, 'left-behind sessions removed');
    },
    /** A reader who waited was given a session. */
    queueServed: (wait: { ms: number }) => {
      metrics.waited.took(wait.ms);
      write('debug', wait, 'served from the queue');
    },

    shellAttached: (shell: { session: string; resumed: boolean; ms: number }) => {
      metrics.attached.add(shell.resumed ? 'resumed' : 'new');
      metrics.attaching.took(shell.ms);
      write('info', shell, 'shell attached');
    },
    /** @param socket `problem`: what its reader was told, if that is why it closed; `code`: the WebSocket's */
    socketClosed: (socket: { session: string; code: number; ms: number }, problem?: ProblemCode) => {
      const unasked = left.has(socket.code) ? 'left' : socket.code === 1006 ? 'lost' : 'protocol';
      metrics.sockets.add(problem ?? unasked);
      write('info', { ...socket, why: problem }, 'socket closed');
    },
    /** Bytes of output that went to a reader, and bytes that one typed: how many, never which. */
    printed: (bytes: number) => metrics.printed.add(bytes),
    typed: (bytes: number) => metrics.typed.add(bytes),
    /** A keystroke was followed by output. @param ms since it came */
    echoed: (ms: number) => metrics.echo.took(ms),

    /** An engine died; it is started again by itself. */
    engineDied: (engine: { session: string }) => {
      metrics.engineDeaths.add();
      write('warn', engine, 'engine died');
    },
    /** @param engine `ms`: from its first use to its being ready */
    engineWoke: (engine: { session: string; ms: number }) => {
      metrics.engineWakes.add();
      metrics.waking.took(engine.ms);
      write('debug', engine, 'engine awake');
    },
    /** The egress proxy refused so many requests. */
    egressDenied: (requests: number) => metrics.egressDenials.add(requests),
    /** What a session asked of the egress proxy, once it is over: never a path, a query or a header. */
    egressRequest: (request: EgressRequest) => {
      metrics.egressBytes.add('sent', request.sent);
      metrics.egressBytes.add('received', request.received);
      writeSome('egress', 'egress', request, 'egress');
    },
    /** A session has sent and received all it may; its way out is closed. */
    egressClosed: (session: { session: string }) => {
      metrics.egressClosings.add();
      write('info', session, 'network closed');
    },
    /** The egress proxy did not do what it was asked, or ended; it is started again. */
    egressLost: (why: { error: unknown }) => {
      metrics.egressLosses.add();
      write('warn', why, 'the egress proxy is not as it should be');
    },

    /** A page's checks were judged. @param ms since the news, or the question, that they were judged for */
    checksJudged: (results: readonly Pick<CheckResult, 'verdict'>[], ms: number) => {
      for (const { verdict } of results) metrics.judged.add(verdict);
      metrics.verdict.took(ms);
    },
    /** A preparation that ended: never what it was to do, nor what it said. */
    prepared: (what: { session: string; state: PreparedState; ms: number }) => {
      if (what.state !== 'working') metrics.prepared.add(what.state);
      metrics.preparing.took(what.ms);
      writeSome('prepared', 'prepared', what, 'workspace prepared');
    },

    /** A request that was refused at a wall, or failed in a way that was foreseen. */
    refused: (what: { request: string; code: ProblemCode; at: string; cause?: unknown }) => {
      metrics.refusals.add(what.code);
      if (noise.has(what.code)) write('debug', what, 'refused');
      else writeSome('refused', what.code, what, 'refused');
    },
    /** A request that was answered. `route` is the route's pattern, never the address that was asked for. */
    answered: (what: { request: string; method: string; route: string; status: number; ms: number }) => {
      metrics.request(what.route, what.status);
      write('debug', what, 'answered');
    },
    /** What nobody foresaw. The reader is told the id and nothing else. */
    failed: (what: { id: string; at: string; error: unknown }) => {
      metrics.failures.add();
      write('error', what, 'failed');
    },
  };
}
