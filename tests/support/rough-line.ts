/** The line between a reader and the gateway, as bad as a test wants it: slow, cut, or silent without being cut. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Transform } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';

export class RoughLine implements AsyncDisposable {
  /** Milliseconds each piece takes, each way. */
  delayMs = 0;
  /** Bytes of a piece; smaller ones make a delay felt more. */
  piece = 64 * 1024;
  /** The port it leads to. */
  to = 0;
  readonly #server: Server;
  readonly #pairs = new Set<[Socket, Socket]>();
  readonly #webSockets = new WeakSet<[Socket, Socket]>();

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (near: Socket) => this.#join(near));
  }

  /** Listens on a free port of loopback. */
  static async open(): Promise<RoughLine> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new RoughLine(server);
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Every connection is reset, both ways. */
  reset(): void {
    for (const pair of this.#pairs) for (const one of pair) one.resetAndDestroy();
  }

  /** No WebSocket that is open now carries a byte any more, and nobody is told. New ones do. */
  swallow(): void {
    for (const pair of this.#pairs) {
      if (!this.#webSockets.has(pair)) continue;
      for (const one of pair) one.unpipe().pause();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    for (const pair of this.#pairs) for (const one of pair) one.destroy();
    await once(this.#server, 'close');
  }

  #join(near: Socket): void {
    const far = connect(this.to, '127.0.0.1');
    const pair: [Socket, Socket] = [near, far];
    this.#pairs.add(pair);
    near.on('data', (chunk: Buffer) => {
      if (/^upgrade: websocket/im.test(chunk.toString('latin1', 0, 4_096))) this.#webSockets.add(pair);
    });
    for (const [one, other] of [pair, [far, near]] as const) {
      one.setNoDelay(true);
      one
        .on('error', () => other.destroy())
        .on('close', () => {
          this.#pairs.delete(pair);
          other.destroy();
        });
      one.pipe(this.#slow()).pipe(other);
    }
  }

  #slow(): Transform {
    const carry = async (chunk: Buffer, push: (piece: Buffer) => void) => {
      for (let at = 0; at < chunk.byteLength; at += this.piece) {
        if (this.delayMs > 0) await wait(this.delayMs);
        push(chunk.subarray(at, at + this.piece));
      }
    };
    return new Transform({
      transform(chunk: Buffer, _encoding, done) {
        carry(chunk, (piece) => this.push(piece)).then(() => done(), done);
      },
    });
  }
}
