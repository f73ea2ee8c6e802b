/** A stranger with a sandbox of their own, who speaks WebSocket by hand. */
import { request } from 'node:http';
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { SUBPROTOCOL, TICKET_PREFIX } from '../../sandbox/protocol/bounds.ts';
import { problemAnswer, sessionAnswer } from '../../sandbox/protocol/messages.ts';
import { Reader } from '../../verify/reader.ts';
import { frame, harmless, hostile, OPCODE } from './frames.ts';
import type { Random } from './random.ts';

/** Milliseconds the gateway may take to close. */
const ANSWER_MS = 20_000;
const ATTACH = JSON.stringify({ type: 'attach', cols: 80, rows: 24 });

export class Attacker {
  readonly #reader: Reader;
  readonly #random: Random;
  /** What must not be in anything they are sent. */
  readonly #secret: string;
  sent = 0;
  /** How often the secret was seen, and how many connections the gateway did not close. */
  foreign = 0;
  silent = 0;
  #asks = 0;

  constructor(origin: string, random: Random, secret: string) {
    this.#reader = new Reader(origin);
    this.#random = random;
    this.#secret = secret;
  }

  get origin(): string {
    return this.#reader.origin;
  }

  get cookie(): string {
    return this.#reader.cookie;
  }

  get session(): string {
    return this.#reader.session;
  }

  /** Makes their session. */
  async enter(): Promise<void> {
    await this.#reader.connect();
    await this.#reader[Symbol.asyncDispose]();
  }

  async leave(): Promise<void> {
    await this.#reader.end();
  }

  /** Asks for a ticket, from an address nobody has asked from: what is tried here is not how often one may ask. */
  async ticket(): Promise<string> {
    const { origin, cookie } = this.#reader;
    const address = `10.${this.#asks >> 16}.${(this.#asks >> 8) & 255}.${this.#asks++ & 255}`;
    const headers = { origin, cookie, 'x-forwarded-for': address };
    const response = await fetch(`${origin}/api/session`, { method: 'POST', headers });
    const body: unknown = await response.json();
    if (!response.ok) throw new Error(`no ticket: ${problemAnswer.parse(body).problem.code}`);
    return sessionAnswer.parse(body).ticket;
  }

  /**
   * Upgrades by hand.
   * @returns the socket, or the status it was refused with
   */
  async upgrade(headers: Record<string, string>): Promise<Socket | number> {
    const { promise, resolve, reject } = Promise.withResolvers<Socket | number>();
    const upgrade = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' };
    const key = { 'sec-websocket-key': randomBytes(16).toString('base64') };
    const asked = request(`${this.origin}/api/terminal`, { headers: { ...upgrade, ...key, ...headers }, agent: false });
    asked.once('upgrade', (_answer, socket) => resolve(socket));
    asked.once('response', (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.once('error', reject);
    asked.end();
    return promise;
  }

  /** One connection: harmless frames, then a hostile one. Resolves when the gateway has dealt with all of them. */
  async connection(): Promise<void> {
    const { origin, cookie } = this.#reader;
    const protocols = `${SUBPROTOCOL}, ${TICKET_PREFIX}${await this.ticket()}`;
    const socket = await this.upgrade({ origin, cookie, 'sec-websocket-protocol': protocols });
    if (typeof socket === 'number') throw new Error(`a good ticket was refused with ${socket}`);
    const frames: Buffer[] = [];
    if (this.#random.below(10) > 0) {
      frames.push(frame(Buffer.from(ATTACH), { opcode: OPCODE.text }));
      for (let n = this.#random.below(100); n > 0; n--) frames.push(harmless(this.#random));
    }
    frames.push(hostile(this.#random));
    this.sent += frames.length;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const late = setTimeout(() => resolve(false), ANSWER_MS);
    let tail = '';
    socket.on('data', (chunk: Buffer) => {
      const seen = tail + chunk.toString('latin1');
      if (seen.includes(this.#secret)) this.foreign += 1;
      tail = seen.slice(-this.#secret.length);
    });
    socket.on('error', () => resolve(true));
    socket.once('close', () => resolve(true));
    // All of it has been dealt with when the gateway closes: it must, because nothing more can come.
    socket.end(Buffer.concat(frames));
    if (!(await promise)) this.silent += 1;
    clearTimeout(late);
    socket.destroy();
  }
}
