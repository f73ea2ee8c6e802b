/** Slipway, as its page does it: a ticket, a socket, attach, and an acknowledgement of what has been parsed. */
import WebSocket from 'ws';
import { OUTPUT_ACK_EVERY, SUBPROTOCOL, TICKET_PREFIX } from '../../sandbox/protocol/bounds.ts';
import { readOutput } from '../../sandbox/protocol/frames.ts';
import { serverMessage } from '../../sandbox/protocol/messages.ts';
import { Reader } from '../../verify/reader.ts';
import { Line, type Peer } from '../line.ts';

export class SlipwayLine extends Line {
  readonly #socket: WebSocket;
  #next: number | undefined;
  #acked = 0;

  constructor(socket: WebSocket) {
    super();
    this.#socket = socket;
    socket.on('message', (data: Buffer, binary: boolean) => {
      if (binary) this.#output(data);
      else this.#told(data);
    });
  }

  type(text: string): void {
    this.#socket.send(Buffer.from(text));
  }

  /** Takes nothing from the network any more, or again. */
  reading(on: boolean): void {
    if (on) this.#socket.resume();
    else this.#socket.pause();
  }

  get closed(): boolean {
    return this.#socket.readyState !== this.#socket.OPEN;
  }

  close(): void {
    this.#socket.terminate();
  }

  #output(data: Buffer): void {
    const { offset, bytes } = readOutput(data);
    this.lost += Math.abs(offset - (this.#next ?? offset));
    const next = offset + bytes.byteLength;
    this.#next = next;
    this.take(bytes, () => {
      if (next - this.#acked < OUTPUT_ACK_EVERY) return;
      this.#acked = next;
      this.#socket.send(JSON.stringify({ type: 'ack', offset: next }));
    });
  }

  #told(data: Buffer): void {
    const message = serverMessage.parse(JSON.parse(data.toString()));
    if (message.type === 'attached') this.#next = this.#acked = message.start;
    if (message.type === 'gap') this.lost += message.offset - (this.#next ?? 0);
  }
}

/** @param origin of the gateway @param cookie of the reader whose session is ready */
export function slipway(origin: string, cookie: string): Peer {
  return { name: 'Slipway', open: () => openSlipway(origin, cookie) };
}

/** Asks for a ticket, connects and attaches. */
export async function openSlipway(origin: string, cookie: string): Promise<SlipwayLine> {
  const reader = new Reader(origin);
  reader.cookie = cookie;
  const { ticket } = await reader.claim();
  const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}/api/terminal`, [SUBPROTOCOL, TICKET_PREFIX + ticket], {
    headers: { origin, cookie: reader.cookie },
    perMessageDeflate: false,
  });
  const line = new SlipwayLine(socket);
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  socket.once('open', () => resolve(undefined));
  socket.once('error', reject);
  await promise;
  socket.on('error', () => undefined);
  socket.send(JSON.stringify({ type: 'attach', cols: 100, rows: 30 }));
  return line;
}
