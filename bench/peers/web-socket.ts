/** The client of a plain WebSocket terminal: bytes both ways, ttyd's with one letter before them. */
import WebSocket from 'ws';
import { Line } from '../line.ts';

export class WebSocketLine extends Line {
  readonly #socket: WebSocket;
  readonly #letter: string;

  /** @param letter what stands before every message, both ways; messages with another are not output */
  constructor(socket: WebSocket, letter = '') {
    super();
    this.#socket = socket;
    this.#letter = letter;
    socket.on('message', (data: Buffer) => {
      if (letter && data.toString('latin1', 0, 1) !== letter) return;
      socket.pause();
      this.take(data.subarray(letter.length), () => socket.resume());
    });
  }

  type(text: string): void {
    this.#socket.send(Buffer.from(this.#letter + text));
  }

  close(): void {
    this.#socket.terminate();
  }
}

/** Connects. @param protocols subprotocols to offer */
export async function connected(url: string, protocols: string[] = []): Promise<WebSocket> {
  const socket = new WebSocket(url, protocols, { perMessageDeflate: false });
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  socket.once('open', () => resolve(undefined));
  socket.once('error', reject);
  await promise;
  return socket;
}
