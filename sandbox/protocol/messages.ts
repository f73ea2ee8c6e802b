/** Control messages and HTTP bodies: one schema each, types inferred. Bytes travel as binary frames: frames.ts. */
import { z } from 'zod';
import { COLS, ROWS } from './bounds.ts';
import { problemCodes } from './problems.ts';

const offset = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const cols = z.int().min(COLS.min).max(COLS.max);
const rows = z.int().min(ROWS.min).max(ROWS.max);
/** Names one life of a shell's output stream: offsets of another epoch mean nothing. */
const epoch = z.string().regex(/^[0-9a-f]{16}$/);

export const clientMessage = z.discriminatedUnion('type', [
  /** First message on a socket. `from` is the offset of the first byte wanted, in `epoch`; left out, all that is kept. */
  z.strictObject({ type: z.literal('attach'), cols, rows, resume: z.strictObject({ epoch, from: offset }).optional() }),
  z.strictObject({ type: z.literal('resize'), cols, rows }),
  /** Every byte before `offset` has been parsed by the terminal. */
  z.strictObject({ type: z.literal('ack'), offset }),
  z.strictObject({ type: z.literal('ping') }),
]);
export type ClientMessage = z.infer<typeof clientMessage>;

const problemBody = z.object({
  code: z.enum(problemCodes),
  title: z.string(),
  kept: z.string(),
  next: z.string(),
  retry: z.boolean(),
  detail: z.string().optional(),
});

export const engineState = z.enum(['starting', 'ready', 'stopped']);
export type EngineState = z.infer<typeof engineState>;

export const serverMessage = z.discriminatedUnion('type', [
  /** Output follows from `start`; bytes before `end` are replay. When `epoch` or `start` is not what was asked, clear the screen first. */
  z.object({ type: z.literal('attached'), epoch, start: offset, end: offset }),
  /** Input bytes of this connection that the shell's terminal has taken, counted from its attach. */
  z.object({ type: z.literal('taken'), bytes: offset }),
  /** The client fell behind what is kept: output goes on at `offset`. */
  z.object({ type: z.literal('gap'), offset }),
  z.object({ type: z.literal('engine'), state: engineState }),
  z.object({ type: z.literal('problem'), problem: problemBody }),
  z.object({ type: z.literal('pong') }),
]);
export type ServerMessage = z.infer<typeof serverMessage>;

/** POST /api/session → the reader's own session (made if there is none) and a ticket to attach to it. */
export const sessionAnswer = z.object({
  session: z.string(),
  ticket: z.string(),
  /** True when this request made the session. */
  fresh: z.boolean(),
  /** True when the base images are stand-ins made on this host, not pulled from a registry. */
  standIn: z.boolean(),
});
export type SessionAnswer = z.infer<typeof sessionAnswer>;

export const problemAnswer = z.object({ problem: problemBody });
export type ProblemAnswer = z.infer<typeof problemAnswer>;

/** GET /healthz */
export const health = z.object({ status: z.literal('ok'), mode: z.enum(['live', 'recorded']) });
export type Health = z.infer<typeof health>;

/** GET /api/sandbox → whether readers can have a sandbox here, and why not. */
export const sandboxAnswer = z.object({
  mode: z.enum(['live', 'recorded']),
  standIn: z.boolean(),
  problem: problemBody.optional(),
});
export type SandboxAnswer = z.infer<typeof sandboxAnswer>;
