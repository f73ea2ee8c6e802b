/**
 * The short way to a session's shell, where gateway and host share a file system: a folder of the gateway's that the session sees
 * read-only, with a socket in it that the session's holder calls. Nothing in the folder is the reader's, so no link and no swapped socket
 * can lead the gateway astray; a session that floods its socket loses it and is reached through the engine, as on a remote host.
 */
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';

/** Calls a second that an honest holder never makes: it calls once for each attachment. */
const CALLS_A_SECOND = 50;

export class Link implements Disposable {
  readonly #server: Server;
  readonly #now: () => number;
  #spare: Socket | undefined;
  #waiting: ((socket: Socket) => void)[] = [];
  #calls = 0;
  #since = 0;

  private constructor(server: Server, now: () => number) {
    this.#server = server;
    this.#now = now;
    server.on('connection', (socket) => this.#answer(socket));
    server.on('error', () => undefined);
  }

  /**
   * Begins to answer calls.
   * @param folder the session's own, made if it is not there
   * @param now milliseconds of a clock
   */
  static async open(folder: string, now: () => number): Promise<Link> {
    await mkdir(folder, { recursive: true, mode: 0o755 });
    const path = join(folder, 'gateway.sock');
    await rm(path, { force: true });
    const server = createServer();
    const link = new Link(server, now);
    server.listen({ path, writableAll: true, backlog: 8 });
    await once(server, 'listening');
    server.unref();
    return link;
  }

  /** Whether calls are answered. */
  get open(): boolean {
    return this.#server.listening;
  }

  /** Whether a holder has called and waits. */
  get called(): boolean {
    return this.#spare?.destroyed === false;
  }

  /**
   * A connection to the holder that nobody uses yet.
   * @throws the signal's reason when none came in time
   */
  async take(signal: AbortSignal): Promise<Socket> {
    signal.throwIfAborted();
    const spare = this.#spare;
    this.#spare = undefined;
    if (spare && !spare.destroyed) return handOver(spare);
    const { promise, resolve, reject } = Promise.withResolvers<Socket>();
    const giveUp = () => reject(signal.reason as Error);
    signal.addEventListener('abort', giveUp, { once: true });
    this.#waiting.push(resolve);
    try {
      return handOver(await promise);
    } finally {
      signal.removeEventListener('abort', giveUp);
      this.#waiting = this.#waiting.filter((one) => one !== resolve);
    }
  }

  /** Answers no more calls; connections that were given stay. */
  [Symbol.dispose](): void {
    this.#spare?.destroy();
    this.#server.close();
  }

  #answer(socket: Socket): void {
    if (this.#flooded()) {
      socket.destroy();
      this[Symbol.dispose]();
      return;
    }
    socket.on('error', () => undefined);
    const wanted = this.#waiting.shift();
    if (wanted) wanted(socket);
    else if (this.called) socket.destroy();
    else {
      this.#spare = socket;
      // Nothing is read until somebody attaches; a holder says nothing before, so data or an end means that it is gone.
      socket.once('readable', () => {
        if (this.#spare === socket) socket.destroy();
      });
    }
  }

  #flooded(): boolean {
    const now = this.#now();
    if (now - this.#since > 1_000) {
      this.#since = now;
      this.#calls = 0;
    }
    return ++this.#calls > CALLS_A_SECOND;
  }
}

function handOver(socket: Socket): Socket {
  socket.removeAllListeners('readable');
  return socket;
}
