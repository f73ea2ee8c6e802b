/** Waiting until a session is as a reader wants to find it: the shell at its prompt, the engine ready. */
import { Shell } from '../terminal/shell.ts';
import type { LiveSession } from './session.ts';

/** What bash says at the end of its prompt (OSC 133). */
const PROMPT = Buffer.from('\x1b]133;B');
/** The size a session's terminal begins with, so that nothing is drawn again. */
const SIZE = { cols: 80, rows: 24 };
/** An output frame begins with its offset. */
const OFFSET_BYTES = 8;

/** @throws what aborted the signal, or what kept the shell from being reached */
export async function warmUp(session: LiveSession, signal: AbortSignal): Promise<void> {
  await Promise.all([prompt(session, signal), engineReady(session, signal)]);
}

async function prompt(session: LiveSession, signal: AbortSignal): Promise<void> {
  const stream = await session.openShell(signal);
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  let seen = Buffer.alloc(0);
  using shell = new Shell(stream, {
    attached: () => undefined,
    output: (frame) => {
      seen = Buffer.concat([seen, frame.subarray(OFFSET_BYTES)]);
      if (seen.includes(PROMPT)) resolve(undefined);
      seen = seen.subarray(-PROMPT.length);
    },
    taken: () => undefined,
    gap: () => undefined,
    closed: (error) => reject(error ?? new Error('the shell’s holder is gone')),
  });
  using stack = new DisposableStack();
  stack.use(whenAborted(signal, reject));
  shell.attach(SIZE);
  await promise;
}

async function engineReady({ engine }: LiveSession, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const look = () => engine.state === 'ready' && resolve(undefined);
  using stack = new DisposableStack();
  stack.defer(engine.onState(look));
  stack.use(whenAborted(signal, reject));
  look();
  await promise;
}

function whenAborted(signal: AbortSignal, tell: (why: unknown) => void): Disposable {
  const abort = () => tell(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  return { [Symbol.dispose]: () => signal.removeEventListener('abort', abort) };
}
