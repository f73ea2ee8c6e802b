/**
 * One attachment to a reader's shell: turns the holder's byte stream into events and a reader's actions into frames.
 * Knows no sockets and no Docker. Output is never held here: the holder sends no more than the client has acknowledged room for.
 */
import type { Duplex } from 'node:stream';
import { INPUT_WINDOW } from '../protocol/bounds.ts';
import { FrameReader } from './frame-reader.ts';
import { HolderWatch } from './holder-watch.ts';
import {
  ackFrame,
  attachFrame,
  frame,
  fromHolder,
  HolderProtocolError,
  readOffset,
  resizeFrame,
  toHolder,
  type Resume,
  type Size,
} from './holder-protocol.ts';

export type ShellEvents = {
  /** Output follows from `start`; what comes before `end` is replay. */
  attached(at: { epoch: string; start: number; end: number }): void;
  /** A ready-made output frame of the browser protocol: offset (u64) and bytes. Valid only during the call's turn. */
  output(frame: Buffer): void;
  /** Input bytes of this attachment that the terminal has taken so far. */
  taken(bytes: number): void;
  /** The client fell behind what is kept: output goes on at `offset`. */
  gap(offset: number): void;
  /** The attachment is over, once, whoever ended it; with an error when the stream or the protocol broke. */
  closed(error?: Error): void;
};

/** Milliseconds between signs of life to the holder, which drops a client that is silent for a minute. */
const PING_EVERY_MS = 15_000;

export class Shell implements Disposable {
  readonly #stream: Duplex;
  readonly #events: ShellEvents;
  readonly #ping: NodeJS.Timeout;
  readonly #watch = new HolderWatch();
  #closed = false;

  /** @param stream the holder's protocol, both ways; destroyed with the attachment */
  constructor(stream: Duplex, events: ShellEvents) {
    this.#stream = stream;
    this.#events = events;
    const reader = new FrameReader((kind, payload) => this.#receive(kind, payload));
    stream.on('data', (chunk: Buffer) => {
      try {
        reader.push(chunk);
      } catch (error) {
        this.#end(error instanceof Error ? error : new Error(String(error)));
      }
    });
    stream.on('error', (error) => this.#end(error));
    stream.on('close', () => this.#end());
    stream.on('end', () => this.#end());
    this.#ping = setInterval(() => {
      this.#watch.pinged();
      this.#write(frame(toHolder.ping, new Uint8Array()));
    }, PING_EVERY_MS);
    this.#ping.unref();
  }

  /** Asks for the shell's output: from `resume` where that is still kept, else all that is. */
  attach(options: Size & { resume?: Resume | undefined }): void {
    this.#write(attachFrame(options, options.resume));
  }

  /**
   * Types bytes.
   * @throws RangeError when more than INPUT_WINDOW bytes would wait for the terminal
   */
  input(bytes: Uint8Array): void {
    if (this.#watch.waiting + bytes.byteLength > INPUT_WINDOW) throw new RangeError('input window exceeded');
    this.#watch.typed(bytes.byteLength);
    this.#write(frame(toHolder.input, bytes));
  }

  resize(size: Size): void {
    this.#write(resizeFrame(size));
  }

  /** Every byte before `offset` has been parsed; makes room for as many more. */
  ack(offset: number): void {
    this.#watch.acknowledged(offset);
    this.#write(ackFrame(offset));
  }

  /** Holds output back at its source, for a client whose socket does not drain. */
  pause(): void {
    this.#stream.pause();
  }

  resume(): void {
    this.#stream.resume();
  }

  [Symbol.dispose](): void {
    this.#end();
  }

  #receive(kind: string, payload: Buffer): void {
    if (this.#closed) return;
    switch (kind) {
      case fromHolder.attached: {
        if (payload.byteLength !== 24) throw new HolderProtocolError('attached of a wrong size');
        const [start, end] = [readOffset(payload, 8), readOffset(payload, 16)];
        this.#watch.attached(start, end);
        this.#events.attached({ epoch: payload.toString('hex', 0, 8), start, end });
        return;
      }
      case fromHolder.output:
        this.#watch.output(readOffset(payload, 0), payload.byteLength - 8);
        this.#events.output(payload);
        return;
      case fromHolder.taken: {
        const bytes = readOffset(payload, 0);
        this.#watch.taken(bytes);
        this.#events.taken(bytes);
        return;
      }
      case fromHolder.gap: {
        const offset = readOffset(payload, 0);
        this.#watch.gap(offset);
        this.#events.gap(offset);
        return;
      }
      case fromHolder.pong:
        this.#watch.pong();
        return;
      default:
        throw new HolderProtocolError(`unknown frame ${JSON.stringify(kind)}`);
    }
  }

  #write(bytes: Buffer): void {
    if (!this.#closed && this.#stream.writable) this.#stream.write(bytes);
  }

  #end(error?: Error): void {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#ping);
    this.#stream.destroy();
    this.#events.closed(error);
  }
}
