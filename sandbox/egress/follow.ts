/** Following the proxy: its counters, and the requests it has answered. */
import type Docker from 'dockerode';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { execStream } from '../engine/exec.ts';
import { FrameSplitter, STDOUT } from '../engine/frames.ts';
import { linesOf } from '../engine/lines.ts';
import { LIB } from './container.ts';
import { readCounters } from './counters.ts';
import { readRequest, type Request } from './request-line.ts';

/** What a session moves in that time may go beyond its quota. */
const EVERY_MS = 1_000;
const COUNTERS_MOST = 4 * 1024 * 1024;
const REQUEST_MOST = 4 * 1024;

/**
 * Asks for the counters again and again.
 * @returns when the proxy has ended, or `signal` says stop
 * @throws what dockerode throws
 */
export async function followCounters(
  proxy: Docker.Container,
  take: (counters: Map<string, number>) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const stream = await execStream(proxy, [`${LIB}/meter`], { signal });
  const stop = () => stream.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    stream.write('\n');
    for await (const line of linesOf(stream as AsyncIterable<Buffer>, COUNTERS_MOST)) {
      await take(readCounters(line));
      await wait(EVERY_MS, undefined, { signal, ref: false });
      stream.write('\n');
    }
  } finally {
    signal.removeEventListener('abort', stop);
    stream.destroy();
  }
}

/**
 * Tells of every request the proxy has answered since a time.
 * @param since seconds since 1970, as the engine's log has it
 * @returns when the proxy has ended, or `signal` says stop
 * @throws what dockerode throws
 */
export async function followRequests(
  proxy: Docker.Container,
  since: number,
  take: (request: Request) => void,
  signal: AbortSignal,
): Promise<void> {
  const stream = (await proxy.logs({ follow: true, stdout: true, since, abortSignal: signal })) as unknown as Readable;
  const stop = () => stream.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const line of linesOf(unframed(stream), REQUEST_MOST)) {
      const request = readRequest(line);
      if (request) take(request);
    }
  } finally {
    signal.removeEventListener('abort', stop);
    stream.destroy();
  }
}

async function* unframed(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let pieces: Buffer[] = [];
  const frames = new FrameSplitter((of, bytes) => of === STDOUT && pieces.push(bytes));
  for await (const chunk of stream) {
    frames.push(chunk);
    yield* pieces;
    pieces = [];
  }
}
