/** Runs programs inside a container. */
import type { Container } from 'dockerode';
import type { Duplex } from 'node:stream';
import { checkCrowd } from './crowd.ts';
import { ExecStream } from './exec-stream.ts';
import type { Pace } from './pace.ts';

/**
 * workingDir: `/` if left out; user: the container's own if left out; privileged: with every capability, for containers of ours alone; pace: how
 * fast its output is read, as fast as can be if left out.
 */
export type ExecOptions = {
  env?: readonly string[];
  workingDir?: string;
  user?: string;
  privileged?: boolean;
  pace?: Pace;
  signal?: AbortSignal;
};

/**
 * Starts a program and gives its standard input and output.
 * @param signal gives up waiting; once the stream is given it has no effect
 * @throws EngineAnswer when too many of our programs run there already; what dockerode throws: 404 when the container is gone, 409 when it
 * is not running
 */
export async function execStream(
  container: Container,
  command: readonly string[],
  options: ExecOptions = {},
): Promise<ExecStream> {
  return (await start(container, command, options)).stream;
}

export type Finished = { code: number; stdout: Buffer; stderr: string };

/**
 * Runs a program to its end. Giving up closes its input; a program that does not read its input runs on.
 * @param options limit: bytes of output taken, 1 MiB if left out; `signal` ends it
 * @throws RangeError when it writes more than the limit; AbortError; what dockerode throws
 */
export async function run(
  container: Container,
  command: readonly string[],
  options: ExecOptions & { input?: Uint8Array; limit?: number } = {},
): Promise<Finished> {
  const { exec, stream } = await start(container, command, options);
  const abort = () => stream.destroy(new DOMException('The run was given up.', 'AbortError'));
  options.signal?.addEventListener('abort', abort, { once: true });
  try {
    stream.end(options.input);
    const pieces: Buffer[] = [];
    let left = options.limit ?? 1024 * 1024;
    for await (const piece of stream as AsyncIterable<Buffer>) {
      if ((left -= piece.length) < 0) throw new RangeError(`${String(command[0])} wrote more than it may`);
      pieces.push(piece);
    }
    const { ExitCode } = await exec.inspect();
    return { code: ExitCode ?? -1, stdout: Buffer.concat(pieces), stderr: stream.stderr };
  } finally {
    options.signal?.removeEventListener('abort', abort);
    stream.destroy();
  }
}

async function start(
  container: Container,
  command: readonly string[],
  { env, workingDir, user, privileged, pace, signal }: ExecOptions,
) {
  await checkCrowd(container);
  signal?.throwIfAborted();
  // The client library would go on listening after the stream is handed over.
  const waiting = new AbortController();
  const giveUp = () => waiting.abort();
  signal?.addEventListener('abort', giveUp, { once: true });
  try {
    const exec = await container.exec({
      Cmd: [...command],
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
      ...(env ? { Env: [...env] } : {}),
      ...(user === undefined ? {} : { User: user }),
      ...(privileged ? { Privileged: true } : {}),
      // The container's own is the workspace, which the reader may have removed or replaced.
      WorkingDir: workingDir ?? '/',
      abortSignal: waiting.signal,
    });
    const socket: Duplex = await exec.start({ hijack: true, stdin: true, abortSignal: waiting.signal });
    return { exec, stream: new ExecStream(socket, pace) };
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }
}
