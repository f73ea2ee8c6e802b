/** A recording of a terminal: asciicast v2, https://docs.asciinema.org/manual/asciicast/v2/. */
import '../../connection/zod-without-eval.ts';
import { z } from 'zod';
import { COLS, ROWS } from '../../../../sandbox/protocol/bounds.ts';

/** Nothing to see for longer than this is shortened to it. */
export const IDLE_MS = 1_000;
/** Characters of a file that are read at most. */
const MOST = 4 * 1024 * 1024;

const header = z.object({
  version: z.literal(2),
  width: z.int().min(COLS.min).max(COLS.max),
  height: z.int().min(ROWS.min).max(ROWS.max),
  /** Seconds since the epoch. */
  timestamp: z.int().min(0),
});
/** Seconds since the beginning, kind, data; kinds other than output are not shown. */
const event = z.tuple([z.number().min(0), z.string(), z.string()]);

export type Cast = {
  cols: number;
  rows: number;
  /** When it was recorded, milliseconds since the epoch. */
  recordedAt: number;
  /** Output, each with the moment it comes, in milliseconds from the beginning and with long waits shortened. */
  pieces: readonly { at: number; text: string }[];
  /** Milliseconds it plays. */
  length: number;
  /** Milliseconds it took when it was recorded. */
  took: number;
};

/**
 * Reads a recording.
 * @throws Error saying what is wrong with it and in which line
 */
export function readCast(text: string): Cast {
  if (text.length > MOST) throw new Error(`it is larger than ${MOST / 1024 / 1024} MiB`);
  const [first = '', ...lines] = text.split('\n');
  const { width, height, timestamp } = part(header, first, 1);
  const pieces: { at: number; text: string }[] = [];
  let before = 0;
  let at = 0;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const [seconds, kind, data] = part(event, line, index + 2);
    if (kind !== 'o') continue;
    const ms = Math.max(before, seconds * 1_000);
    at += Math.min(IDLE_MS, ms - before);
    before = ms;
    pieces.push({ at, text: data });
  }
  if (pieces.length === 0) throw new Error('it shows nothing');
  return { cols: width, rows: height, recordedAt: timestamp * 1_000, pieces, length: at, took: before };
}

function part<T>(schema: z.ZodType<T>, line: string, number: number): T {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new Error(`line ${number} is not JSON`);
  }
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Error(`line ${number}, ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}

/**
 * Gets a recording.
 * @param url of this site
 * @throws Error saying in words why it cannot be had
 */
export async function fetchCast(fetch: typeof globalThis.fetch, url: string, signal: AbortSignal): Promise<Cast> {
  let response: Response;
  try {
    response = await fetch(url, { signal });
  } catch {
    throw new Error('this site does not answer');
  }
  if (!response.ok) throw new Error(`its file is not there (${response.status})`);
  return readCast(await response.text());
}
