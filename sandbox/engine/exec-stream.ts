/**
 * The standard input and output of a process in a container, as one Duplex. Backpressure holds both ways. Ending it ends the process's
 * input; destroying it closes the connection, whereupon Docker closes the process's input: programs run this way end with their input.
 */
import { Duplex } from 'node:stream';
import { FrameSplitter, STDERR } from './frames.ts';
import type { Pace } from './pace.ts';

const STDERR_KEPT = 4 * 1024;

export class ExecStream extends Duplex {
  /** The first 4 KiB the process wrote to its standard error. */
  stderr = '';
  /** Bytes of standard output so far. */
  bytesRead = 0;
  readonly #socket: Duplex;
  readonly #frames: FrameSplitter;
  readonly #pace: Pace | undefined;
  #roomLeft = true;
  /** Set while the pace has nothing read. */
  #rest: NodeJS.Timeout | undefined;

  /**
   * @param socket the hijacked connection of an exec started without a terminal
   * @param pace how fast it is read; as fast as can be if left out
   */
  constructor(socket: Duplex, pace?: Pace) {
    super({ readableHighWaterMark: 64 * 1024, writableHighWaterMark: 64 * 1024 });
    this.#socket = socket;
    this.#pace = pace;
    this.#frames = new FrameSplitter((stream, bytes) => this.#take(stream, bytes));
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('end', () => this.#finish());
    socket.on('error', (error: Error) => this.destroy(error));
    socket.on('close', () => this.#finish());
  }

  override _read(): void {
    this.#roomLeft = true;
    if (!this.#rest) this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#socket.write(chunk, done);
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this.#socket.write(Buffer.concat(chunks.map(({ chunk }) => chunk)), done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#socket.end(done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    clearTimeout(this.#rest);
    this.#socket.destroy();
    done(error);
  }

  #receive(chunk: Buffer): void {
    try {
      this.#frames.push(chunk);
    } catch (error) {
      this.destroy(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    const rest = this.#pace?.take(chunk.length) ?? 0;
    if (rest > 0) this.#rest ??= setTimeout(() => this.#go(), rest);
    if (!this.#roomLeft || this.#rest) this.#socket.pause();
  }

  #go(): void {
    this.#rest = undefined;
    if (this.#roomLeft) this.#socket.resume();
  }

  #take(stream: number, bytes: Buffer): void {
    if (stream !== STDERR) {
      this.bytesRead += bytes.length;
      this.#roomLeft = this.push(bytes) && this.#roomLeft;
    } else if (this.stderr.length < STDERR_KEPT)
      this.stderr += bytes.toString('utf8', 0, STDERR_KEPT - this.stderr.length);
  }

  #finish(): void {
    if (this.readableEnded || this.destroyed) return;
    if (this.#frames.whole) this.push(null);
    else this.destroy(new Error('the connection to a process in the container broke'));
  }
}
