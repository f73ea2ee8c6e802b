/**
 * Brings the workspace and the images to a state that a page describes: files first, then commands. Carried out as the reader, so it can
 * do what their shell can. It stops with the connection that asked for it; asked for again, it goes on where it stopped.
 */
import type { Container } from 'dockerode';
import { EngineAnswer, type EngineView } from '../../engine/view.ts';
import { holdAwake } from '../../engine/wake.ts';
import type { Prepare, ServerMessage } from '../../protocol/messages.ts';
import type { EnginePort } from '../feed.ts';
import { carryOut } from './step.ts';
import { compare, PrepareFailed, write } from './workspace.ts';

export type Prepared = Omit<Extract<ServerMessage, { type: 'prepared' }>, 'type' | 'ask'>;

export type PrepareSite = { container: Container; engine: EnginePort; view: Pick<EngineView, 'image'> };

const STEP_SECONDS = 600;
const ENGINE_MS = 60_000;

/**
 * Carries it out.
 * @param working gets how it stands, several times a second
 * @returns how it ended: `edited` with nothing done, `done`, or `failed` with what stood in the way
 */
export async function prepare(
  { files, steps, overwrite }: Prepare,
  { container, engine, view }: PrepareSite,
  working: (at: Prepared) => void,
  signal: AbortSignal,
): Promise<Prepared> {
  const of = steps.length + 1;
  let step = 0;
  const says = (line: string) => working({ state: 'working', step, of, says: line });
  using held = new DisposableStack();
  try {
    says('Looking at your files.');
    const { differ, edited } = await compare(container, files, signal);
    if (edited.length > 0 && !overwrite) return { state: 'edited', paths: edited };
    await write(container, differ, signal);
    if (steps.length > 0) held.use(await awake(container, signal));
    for (const { says: what, run, image } of steps) {
      signal.throwIfAborted();
      step++;
      says(what);
      await ready(engine, signal);
      if (image !== undefined && (await view.image(image))) continue;
      await carryOut(container, run, { seconds: STEP_SECONDS, says, signal });
    }
    return { state: 'done', step: of, of };
  } catch (error) {
    const what = steps[step - 1]?.says;
    return {
      state: 'failed',
      step,
      of,
      says: `${what === undefined ? '' : `${what}: `}${wordsOf(error)}`.slice(0, 300),
    };
  }
}

const LATE = 'Your Docker engine did not start in time.';

/** The engine does not fall asleep meanwhile. @throws PrepareFailed when it does not answer in time; AbortError; what dockerode throws */
async function awake(container: Container, signal: AbortSignal): Promise<Disposable> {
  try {
    return await holdAwake(container, signal);
  } catch (error) {
    throw error instanceof EngineAnswer ? new PrepareFailed(LATE, { cause: error }) : error;
  }
}

/** @throws PrepareFailed when the engine is not ready in time; AbortError */
async function ready(engine: EnginePort, signal: AbortSignal): Promise<void> {
  if (engine.state === 'ready') return;
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  using held = new DisposableStack();
  held.defer(engine.onState(() => engine.state === 'ready' && resolve(undefined)));
  const late = setTimeout(() => reject(new PrepareFailed(LATE)), ENGINE_MS);
  held.defer(() => clearTimeout(late));
  const abort = () => reject(new DOMException('The preparation was given up.', 'AbortError'));
  signal.addEventListener('abort', abort, { once: true });
  held.defer(() => signal.removeEventListener('abort', abort));
  await promise;
}

function wordsOf(error: unknown): string {
  return error instanceof PrepareFailed ? error.message : 'Your sandbox did not do what it was asked.';
}
