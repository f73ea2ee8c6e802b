/** The HTTP half: is there a sandbox, give me mine, end mine. Answers are checked; failures are values. */
import './zod-without-eval.ts';
import type { z } from 'zod';
import { problemAnswer, sandboxAnswer, sessionAnswer } from '../../../sandbox/protocol/messages.ts';
import type { SandboxAnswer, SessionAnswer } from '../../../sandbox/protocol/messages.ts';
import type { Platform } from './platform.ts';
import type { Why } from './state.ts';

/** Longer than this is as good as no answer; where a container has to be made first, it may take longer. */
const ANSWER_WITHIN_MS = 15_000;
const MADE_WITHIN_MS = 60_000;

export type Answer<T> = { ok: true; value: T } | { ok: false; why: Why };

/** Whether readers can have a sandbox here. */
export function askSandbox(platform: Platform, signal: AbortSignal): Promise<Answer<SandboxAnswer>> {
  return ask(platform, 'GET', '/api/sandbox', signal, sandboxAnswer);
}

/**
 * The reader's own session, and a ticket to attach to it.
 * @param had whether this page had one: then none is made, and that it has ended is a failure that says why
 */
export function openSession(platform: Platform, had: boolean, signal: AbortSignal): Promise<Answer<SessionAnswer>> {
  return had
    ? ask(platform, 'POST', '/api/session?had=1', signal, sessionAnswer)
    : ask(platform, 'POST', '/api/session', signal, sessionAnswer, MADE_WITHIN_MS);
}

/** Ends the reader's session: its files and images go. */
export function endSession(platform: Platform, signal: AbortSignal): Promise<Answer<undefined>> {
  return ask(platform, 'DELETE', '/api/session', signal, undefined);
}

/** The reader's files, in one archive. */
export async function fetchFiles(platform: Platform): Promise<Answer<Blob>> {
  try {
    const response = await platform.fetch('/api/files', {
      method: 'POST',
      credentials: 'same-origin',
      cache: 'no-store',
    });
    if (response.ok) return { ok: true, value: await response.blob() };
    return { ok: false, why: { kind: 'problem', problem: problemAnswer.parse(await response.json()).problem } };
  } catch {
    return { ok: false, why: { kind: 'unreachable' } };
  }
}

/** Gives the place in the line for a session back; the page is going and hears no answer. */
export function leaveLine(platform: Platform): void {
  platform.fetch('/api/line', { method: 'DELETE', credentials: 'same-origin', keepalive: true }).catch(() => undefined);
}

async function ask<T>(
  platform: Platform,
  method: string,
  path: string,
  signal: AbortSignal,
  schema: z.ZodType<T> | undefined,
  withinMs = ANSWER_WITHIN_MS,
): Promise<Answer<T>> {
  const late = new AbortController();
  const cancel = platform.after(withinMs, () => late.abort());
  try {
    const response = await platform.fetch(path, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: { accept: 'application/json' },
      signal: AbortSignal.any([signal, late.signal]),
    });
    if (response.ok && schema === undefined) return { ok: true, value: undefined as T };
    const body: unknown = await response.json();
    if (response.ok && schema !== undefined) return { ok: true, value: schema.parse(body) };
    const { problem } = problemAnswer.parse(body);
    const seconds = Number(response.headers.get('retry-after') ?? NaN);
    return { ok: false, why: { kind: 'problem', problem, ...(seconds > 0 ? { pauseMs: seconds * 1_000 } : {}) } };
  } catch {
    return { ok: false, why: { kind: 'unreachable' } };
  } finally {
    cancel();
  }
}
