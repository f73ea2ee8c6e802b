/** Wakes a reader's engine, and keeps it awake: for what a reader asks for, not for what only watches. */
import type { Container } from 'dockerode';
import { once } from 'node:events';
import { LIB } from '../world/shape.ts';
import { EngineAnswer } from './api.ts';
import { execStream } from './exec.ts';
import { paceOf } from './pace.ts';

/** It gives up by itself after 30 s: sandbox/world/door. */
const HOLD = [`${LIB}/door`, 'hold'];
const GIVEN_UP_MS = 40_000;

/**
 * Resolves once the engine answers; it does not fall asleep until what is given is disposed of.
 * @param container the session's container on the host
 * @param signal gives up waiting
 * @throws EngineAnswer when it does not answer; AbortError; what dockerode throws
 */
export async function holdAwake(container: Container, signal: AbortSignal): Promise<Disposable> {
  const patience = AbortSignal.any([signal, AbortSignal.timeout(GIVEN_UP_MS)]);
  const stream = await execStream(container, HOLD, { pace: paceOf(container), signal: patience });
  stream.on('error', () => undefined);
  try {
    // It says one line and nothing more; what a reader's own program says in its place is not read on.
    await Promise.race([once(stream, 'readable', { signal: patience }), once(stream, 'close', { signal: patience })]);
    if (stream.read() === null) throw new EngineAnswer('the engine could not be woken');
    return { [Symbol.dispose]: () => stream.destroy() };
  } catch (error) {
    stream.destroy();
    throw error;
  }
}
