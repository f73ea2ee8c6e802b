/** gRPC with a reader's engine: calls that send one message and are answered by a stream of them. */
import type { Container } from 'dockerode';
import { connect, type ClientHttp2Session, type IncomingHttpHeaders } from 'node:http2';
import type { Duplex } from 'node:stream';
import { EngineAnswer } from './api.ts';
import { dialEngine } from './client.ts';
import { nativeSocket } from './native-socket.ts';
import { splitMessages } from './rpc-frames.ts';
import { WireMessage } from './wire.ts';

/** The engine serves gRPC on a connection upgraded so: moby, api/server/router/build or /grpc. */
const UPGRADE = 'POST /grpc HTTP/1.1\r\nHost: engine\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n';
const HEAD_MOST = 8 * 1024;
const CONNECT_MS = 10_000;

export class EngineRpc implements Disposable {
  readonly #session: ClientHttp2Session;

  private constructor(session: ClientHttp2Session) {
    this.#session = session;
    // A call in progress hears of it too; nobody else needs to.
    session.on('error', () => undefined);
  }

  /**
   * @param container the session's container on the host
   * @param signal gives up connecting
   * @throws EngineAnswer when the engine does not serve gRPC; what a connection throws
   */
  static async open(container: Container, signal: AbortSignal): Promise<EngineRpc> {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(CONNECT_MS)]);
    const stream = await dialEngine(container, patience);
    const giveUp = () => stream.destroy(new EngineAnswer('the engine did not answer'));
    patience.addEventListener('abort', giveUp, { once: true });
    try {
      await upgrade(stream);
    } catch (error) {
      stream.destroy();
      throw error;
    } finally {
      patience.removeEventListener('abort', giveUp);
    }
    const socket = await nativeSocket(stream);
    if (signal.aborted) socket.destroy();
    return new EngineRpc(connect('http://engine', { createConnection: () => socket, settings: { enablePush: false } }));
  }

  /**
   * @param method /package.Service/Method
   * @param begun called when the engine has taken the call
   * @param signal ends the call
   * @throws EngineAnswer when the engine refuses, or answers no messages; RangeError when a message cannot be read; AbortError
   */
  async *call(method: string, body: Buffer, signal: AbortSignal, begun?: () => void): AsyncGenerator<WireMessage> {
    const stream = this.#session.request(
      { ':method': 'POST', ':path': method, 'content-type': 'application/grpc', te: 'trailers' },
      { signal },
    );
    let refusal: string | undefined;
    const hear = (headers: IncomingHttpHeaders) => {
      const status = headers['grpc-status'];
      if (status !== undefined && status !== '0') refusal = [status, headers['grpc-message']].flat().join(' ');
    };
    stream.on('trailers', hear);
    stream.on('response', (headers) => {
      hear(headers);
      begun?.();
    });
    const head = Buffer.alloc(5);
    head.writeUInt32BE(body.length, 1);
    stream.end(Buffer.concat([head, body]));
    try {
      for await (const message of splitMessages(stream as AsyncIterable<Buffer>)) yield new WireMessage(message);
    } finally {
      stream.destroy();
    }
    if (refusal !== undefined) throw new EngineAnswer(`the engine refused: ${refusal.slice(0, 200)}`);
  }

  [Symbol.dispose](): void {
    this.#session.destroy();
  }
}

/** Asks for the upgrade and takes the answer's head off the stream. */
async function upgrade(stream: Duplex): Promise<void> {
  stream.write(UPGRADE);
  let head = Buffer.alloc(0);
  for (;;) {
    const end = head.indexOf('\r\n\r\n');
    if (end >= 0) {
      if (!head.toString('latin1').startsWith('HTTP/1.1 101 ')) throw new EngineAnswer('the engine serves no gRPC');
      if (end + 4 < head.length) stream.unshift(head.subarray(end + 4));
      return;
    }
    if (head.length > HEAD_MOST) throw new EngineAnswer('the engine serves no gRPC');
    const piece = stream.read() as Buffer | null;
    if (piece) head = Buffer.concat([head, piece]);
    else await readable(stream);
  }
}

async function readable(stream: Duplex): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const done = () => resolve(undefined);
  const ended = () => reject(new EngineAnswer('the engine ended the connection'));
  stream.once('readable', done).once('error', reject).once('end', ended).once('close', ended);
  try {
    await promise;
  } finally {
    stream.off('readable', done).off('error', reject).off('end', ended).off('close', ended);
  }
}
