/** Every error's way to an answer: a Problem in JSON, and nothing of what is inside. */
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Events } from '../observe/events.ts';
import type { ProblemAnswer } from '../protocol/messages.ts';
import { Problem } from '../protocol/problems.ts';

/** Milliseconds a refused connection has to take its answer. */
const LINGER_MS = 1_000;

export type Answer = { status: number; body: ProblemAnswer };

/**
 * Makes the answer for whatever was thrown, and logs it.
 * @param id the request's id; for an error nobody foresaw it is all that the reader is told
 * @param at the place it was thrown, for the log
 */
export function answerFor(error: unknown, id: string, at: string, events: Events): Answer {
  if (error instanceof Problem) {
    events.refused({ request: id, code: error.code, at, cause: error.cause });
    return { status: error.status, body: { problem: error.body } };
  }
  const framework = frameworkError(error);
  if (framework) {
    events.refused({ request: id, code: framework.problem.code, at, cause: error });
    return { status: framework.status, body: { problem: framework.problem.body } };
  }
  events.failed({ id, at, error });
  return { status: 500, body: { problem: new Problem('internal', `Whoever runs this site finds it as ${id}.`).body } };
}

/** What the HTTP framework itself refuses: fastify's errors carry a code and a status. */
function frameworkError(error: unknown): { status: number; problem: Problem } | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('statusCode' in error)) return undefined;
  const { code, statusCode: status } = error;
  if (typeof code !== 'string' || !code.startsWith('FST_') || typeof status !== 'number') return undefined;
  if (code === 'FST_ERR_HANDLER_TIMEOUT') return { status, problem: new Problem('start-failed', 'It took too long.') };
  if (status < 400 || status > 499) return undefined;
  return { status, problem: new Problem(status === 404 ? 'not-found' : 'bad-request', STATUS_CODES[status]) };
}

/**
 * Answers on a bare socket, for what never became a request of the framework, and hangs up.
 * @param headers more headers to send
 */
export function refuse(socket: Duplex, answer: Answer, headers: Readonly<Record<string, string>>): void {
  const body = JSON.stringify(answer.body);
  const lines = Object.entries({
    ...headers,
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}`);
  const status = `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? 'Refused'}`;
  const cut = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(cut));
  socket.end(`${[status, ...lines].join('\r\n')}\r\n\r\n${body}`);
}
