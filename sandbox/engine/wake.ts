/** Wakes a reader's engine that is asleep, the way a docker command of theirs does. */
import type { Container } from 'dockerode';
import { LIB } from '../world/shape.ts';
import { EngineAnswer } from './api.ts';
import { run } from './exec.ts';
import { paceOf } from './pace.ts';

/** It gives up by itself after 30 s: sandbox/world/door. */
const WAKE = [`${LIB}/door`, 'wake'];
const GIVEN_UP_MS = 40_000;

/**
 * Resolves once the engine answers. For what a reader asks for, not for what only watches.
 * @param container the session's container on the host
 * @throws EngineAnswer when it does not answer; AbortError; what dockerode throws
 */
export async function wakeEngine(container: Container, signal: AbortSignal): Promise<void> {
  const { code } = await run(container, WAKE, {
    pace: paceOf(container),
    signal: AbortSignal.any([signal, AbortSignal.timeout(GIVEN_UP_MS)]),
    limit: 4 * 1024,
  });
  if (code !== 0) throw new EngineAnswer('the engine could not be woken');
}
