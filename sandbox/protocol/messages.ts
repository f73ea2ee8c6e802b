/** Control messages and HTTP bodies: one schema each, types inferred. Bytes travel as binary frames: frames.ts. */
import { z } from 'zod';
import { COLS, ROWS } from './bounds.ts';
import { check, checkResult, CHECKS_MOST } from './checks.ts';
import { build, BUILDS_MOST, imageSummary, IMAGES_MOST, layer, LAYERS_MOST } from './evidence.ts';
import { problemCodes } from './problems.ts';
import { usage } from './usage.ts';

const offset = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const cols = z.int().min(COLS.min).max(COLS.max);
const rows = z.int().min(ROWS.min).max(ROWS.max);
/** Names one life of a shell's output stream: offsets of another epoch mean nothing. */
const epoch = z.string().regex(/^[0-9a-f]{16}$/);

const imageName = z.string().min(1).max(128);
/** Tells answers to different requests of one connection apart. */
const ask = z.int().min(0).max(1_000_000_000);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const workspacePath = z
  .string()
  .min(1)
  .max(200)
  .refine(
    (text) => !text.startsWith('/') && !text.split('/').some((part) => part === '..' || part === '.' || part === ''),
  );

/** Puts the workspace and the images into a lesson's start state. Carried out as the reader: it can do what their shell can, and no more. */
export const prepare = z.strictObject({
  type: z.literal('prepare'),
  ask,
  /** `known`: SHA-256 of the versions the course itself ships; a file that is none of them has been edited by the reader. */
  files: z
    .array(z.strictObject({ path: workspacePath, text: z.string().max(32 * 1024), known: z.array(sha256).max(16) }))
    .max(64),
  /** Carried out in the workspace by `bash -c`, one after the other; left out when `image` is there already. */
  steps: z
    .array(z.strictObject({ says: z.string().max(140), run: z.string().min(1).max(1000), image: imageName.optional() }))
    .max(16),
  /** Whether edited files may be overwritten; when not, and there are any, nothing is done. */
  overwrite: z.boolean(),
});
export type Prepare = z.infer<typeof prepare>;

export const clientMessage = z.discriminatedUnion('type', [
  /** First message on a socket. `from` is the offset of the first byte wanted, in `epoch`; left out, all that is kept. */
  z.strictObject({ type: z.literal('attach'), cols, rows, resume: z.strictObject({ epoch, from: offset }).optional() }),
  z.strictObject({ type: z.literal('resize'), cols, rows }),
  /** Every byte before `offset` has been parsed by the terminal. */
  z.strictObject({ type: z.literal('ack'), offset }),
  z.strictObject({ type: z.literal('ping') }),
  /** Somebody is at the page, though they may type nothing into the shell. */
  z.strictObject({ type: z.literal('here') }),
  /** Put the end of the session's time off, as far as that goes. Answered by `usage`. */
  z.strictObject({ type: z.literal('extend') }),
  /** From now on: tell me of images, builds, and how these checks stand. A later `watch` replaces it. */
  z.strictObject({ type: z.literal('watch'), checks: z.array(check).max(CHECKS_MOST) }),
  /** What is in an image's layers? */
  z.strictObject({ type: z.literal('layers'), ask, image: imageName }),
  prepare,
]);
export type ClientMessage = z.infer<typeof clientMessage>;

const problemBody = z.object({
  code: z.enum(problemCodes),
  title: z.string(),
  kept: z.string(),
  next: z.string(),
  retry: z.boolean(),
  detail: z.string().optional(),
  /** With `host-full`: how many readers are served first, and oneself; 1 is next. */
  place: z.int().min(1).optional(),
});

/** `asleep`: stopped because nobody used it; the next use wakes it. `stopped`: it died and is started again by itself. */
export const engineState = z.enum(['starting', 'ready', 'asleep', 'stopped']);
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
  /** What the session has used of what it may: sent once attached, and when something of it changes by a step that matters. */
  z.object({ type: z.literal('usage'), usage }),
  z.object({ type: z.literal('pong') }),
  /** The reader's images with names, newest first: sent after `watch` and on every change. */
  z.object({ type: z.literal('images'), images: z.array(imageSummary).max(IMAGES_MOST) }),
  /** The newest builds, newest first: sent after `watch` and as they go on. */
  z.object({ type: z.literal('builds'), builds: z.array(build).max(BUILDS_MOST) }),
  /** All checks of the last `watch`: sent after it and on every change. */
  z.object({ type: z.literal('checks'), results: z.array(checkResult).max(CHECKS_MOST) }),
  /** Answer to `layers`; without `layers` there is none to be had, and `why` says so. */
  z.object({
    type: z.literal('layers'),
    ask,
    image: imageName,
    layers: z.array(layer).max(LAYERS_MOST).optional(),
    why: z.string().max(300).optional(),
  }),
  /** How a `prepare` stands. `edited` ends it with nothing done; so do `done` and `failed`. */
  z.object({
    type: z.literal('prepared'),
    ask,
    state: z.enum(['working', 'edited', 'done', 'failed']),
    /** Of how many steps, which is under way; the files are the first. */
    step: z.int().min(0).optional(),
    of: z.int().min(0).optional(),
    /** What is being done, its newest line of output, or what failed. */
    says: z.string().max(300).optional(),
    /** The files the reader has edited. */
    paths: z.array(z.string().max(200)).max(64).optional(),
  }),
]);
export type ServerMessage = z.infer<typeof serverMessage>;

/**
 * POST /api/session → the reader's own session (made if there is none) and a ticket to attach to it.
 * A page that had one says so, `?had=1`: then none is made, and if it has ended the answer is the problem that says why.
 */
export const sessionAnswer = z.object({
  session: z.string(),
  ticket: z.string(),
  /** True when this request made the session. */
  fresh: z.boolean(),
  /** True when the base images are stand-ins made on this host, not pulled from a registry. */
  standIn: z.boolean(),
  /** With a fresh one: why the reader's one before ended, where that is known and was not their own wish. */
  ended: z.enum(problemCodes).optional(),
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
