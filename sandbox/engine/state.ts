/**
 * Watches whether a reader's engine is starting, ready, asleep or stopped: the session says so on every change, nothing polls.
 * Who says so is the reader's own process: it is listened to a few times a second, whatever it writes.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Container } from 'dockerode';
import { engineState, type EngineState } from '../protocol/messages.ts';
import { execStream } from './exec.ts';

const WATCH = ['/usr/local/lib/slipway/engine-watch'];

/** Milliseconds in which only the last of several states counts. */
const EVERY_MS = 50;
const ANSWER_MS = 5_000;

/**
 * Follows the engine's state until the signal aborts or the session's container ends.
 * @param on called with the state there is and with later ones, of several within 50 ms with the last
 * @throws when the watch could not be started or broke; never after the signal aborted
 */
export async function watchEngine(
  container: Container,
  on: (state: EngineState) => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    const stream = await execStream(container, WATCH, { signal });
    using cleanup = new DisposableStack();
    cleanup.use(whenAborted(signal, () => stream.destroy()));
    let rest = '';
    for await (const piece of stream as AsyncIterable<Buffer>) {
      const lines = (rest + piece.toString('latin1')).split('\n');
      rest = (lines.pop() ?? '').slice(0, 64);
      const state = lines.findLast((line) => engineState.safeParse(line).success);
      if (state !== undefined && !signal.aborted) on(engineState.parse(state));
      // Nothing is read meanwhile, so a flood waits in the session.
      await sleep(EVERY_MS, undefined, { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/**
 * The engine's state at this moment, as the session says it.
 * @throws when it could not be asked, or the signal aborted
 */
export async function engineStateOf(container: Container, signal: AbortSignal): Promise<EngineState> {
  const heard = new AbortController();
  const said: EngineState[] = [];
  const on = (state: EngineState) => {
    said.push(state);
    heard.abort();
  };
  await watchEngine(container, on, AbortSignal.any([signal, heard.signal, AbortSignal.timeout(ANSWER_MS)]));
  const [state] = said;
  if (state === undefined) throw new Error('the session did not say how its engine is');
  return state;
}

function whenAborted(signal: AbortSignal, stop: () => void): Disposable {
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  return { [Symbol.dispose]: () => signal.removeEventListener('abort', stop) };
}
