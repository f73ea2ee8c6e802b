/** A reader without a browser: speaks the gateway's HTTP and WebSocket as the page does. */
import WebSocket from 'ws';
import { OUTPUT_ACK_EVERY, SUBPROTOCOL, TICKET_PREFIX } from '../sandbox/protocol/bounds.ts';
import {
  problemAnswer,
  serverMessage,
  sessionAnswer,
  type ClientMessage,
  type EngineState,
  type ServerMessage,
  type SessionAnswer,
} from '../sandbox/protocol/messages.ts';
import type { ProblemCode } from '../sandbox/protocol/problems.ts';
import { withoutMarks } from './marks.ts';
import { Output } from './output.ts';

/** The world's prompt: a dollar sign in colour and a space. */
export const PROMPT = /\$(\x1b\[[0-9;]*m)* /;

/** Bash leaves bracketed paste when a line is entered. */
const LINE_DONE = '\x1b[?2004l\r';

export class Refused extends Error {
  readonly status: number;
  readonly code: ProblemCode;
  constructor(status: number, code: ProblemCode) {
    super(`${status} ${code}`);
    this.status = status;
    this.code = code;
  }
}

export class Reader implements AsyncDisposable {
  readonly output = new Output();
  readonly messages: ServerMessage[] = [];
  readonly origin: string;
  /** Sent with every request. */
  headers: Record<string, string> = {};
  cookie = '';
  session = '';
  epoch = '';
  /** Whether the base images were made on the host, as the site said. */
  standIn = false;
  engine: EngineState | undefined;
  socket: WebSocket | undefined;
  /** Why the newest connection is no more. */
  lost: string | undefined;
  /** Output is acknowledged as the page does it: every OUTPUT_ACK_EVERY bytes. */
  #acked = 0;
  #closed: Promise<{ code: number; reason: string }> = Promise.resolve({ code: 0, reason: '' });
  #watchers: (() => void)[] = [];

  /** @param origin of the site, for example http://127.0.0.1:4321 */
  constructor(origin: string) {
    this.origin = origin;
  }

  /** Asks for this reader's session. */
  async claim(): Promise<SessionAnswer> {
    const response = await fetch(`${this.origin}/api/session`, {
      method: 'POST',
      headers: { ...this.headers, origin: this.origin, ...(this.cookie ? { cookie: this.cookie } : {}) },
    });
    const body: unknown = await response.json();
    if (!response.ok) throw new Refused(response.status, problemAnswer.parse(body).problem.code);
    const set = response.headers.getSetCookie().find((line) => line.startsWith('slipway='));
    if (set) this.cookie = set.split(';', 1)[0] ?? '';
    const answer = sessionAnswer.parse(body);
    this.session = answer.session;
    this.standIn = answer.standIn;
    return answer;
  }

  /** Opens a socket with a ticket, without attaching. */
  async open(ticket: string): Promise<WebSocket> {
    const socket = new WebSocket(
      `${this.origin.replace(/^http/, 'ws')}/api/terminal`,
      [SUBPROTOCOL, TICKET_PREFIX + ticket],
      {
        headers: { origin: this.origin, cookie: this.cookie },
        perMessageDeflate: false,
      },
    );
    this.socket = socket;
    this.lost = undefined;
    this.#closed = new Promise((resolve) => {
      socket.once('close', (code, reason) => {
        this.lost = `connection closed with ${code} ${reason.toString()}`;
        resolve({ code, reason: reason.toString() });
        for (const wake of this.#watchers.splice(0)) wake();
      });
    });
    socket.on('message', (data: Buffer, binary: boolean) => {
      if (binary) {
        const next = this.output.take(data);
        if (next - this.#acked >= OUTPUT_ACK_EVERY) {
          this.#acked = next;
          this.send({ type: 'ack', offset: next });
        }
      } else this.#hear(serverMessage.parse(JSON.parse(data.toString())));
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    socket.on('error', () => undefined);
    return socket;
  }

  /** Claims, opens and attaches; a second call goes on where the first one was cut off. @returns which output is replayed */
  async connect(size = { cols: 100, rows: 30 }): Promise<{ start: number; end: number }> {
    const { ticket } = await this.claim();
    await this.open(ticket);
    const resume = this.epoch ? { resume: { epoch: this.epoch, from: this.output.next } } : {};
    this.send({ type: 'attach', ...size, ...resume });
    return this.message('attached');
  }

  /** Resolves with the next, or an already received, message of a type. */
  async message<T extends ServerMessage['type']>(type: T, ms = 30_000): Promise<Extract<ServerMessage, { type: T }>> {
    return this.until(`message ${type}`, ms, () => {
      const at = this.messages.findIndex((m) => m.type === type);
      return at < 0 ? undefined : (this.messages.splice(at, 1)[0] as Extract<ServerMessage, { type: T }>);
    });
  }

  async engineReady(ms = 30_000): Promise<void> {
    await this.until('engine ready', ms, () => this.engine === 'ready' || undefined);
  }

  /** Looks now and after each message of the server. @returns the first thing found @throws Error when there was none in time, or the connection is lost */
  async until<T>(what: string, ms: number, look: () => T | undefined): Promise<T> {
    const deadline = performance.now() + ms;
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      if (this.lost !== undefined) throw new Error(`no ${what}: ${this.lost}`);
      await this.#next(deadline - performance.now(), what);
    }
  }

  /** Types text. */
  type(text: string): void {
    this.socket?.send(Buffer.from(text));
  }

  send(message: ClientMessage): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  /** Runs a command and returns what it printed and its exit code; bash's end of line editing marks where output begins. */
  async run(command: string, ms = 60_000): Promise<{ code: number; text: string }> {
    const mark = `done-${Math.random().toString(36).slice(2)}`;
    const from = this.output.text.length;
    this.output.clear();
    this.type(`${command}; echo ${mark.slice(0, 4)}''${mark.slice(4)}:$?:\r`);
    const [, code] = await this.output.until(new RegExp(`${mark}:(\\d+):`), ms);
    const text = this.output.text.slice(from, this.output.text.lastIndexOf(`${mark}:`));
    return { code: Number(code), text: withoutMarks(text.slice(text.indexOf(LINE_DONE) + LINE_DONE.length)) };
  }

  get closed(): Promise<{ code: number; reason: string }> {
    return this.#closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.socket?.terminate();
    await this.#closed;
  }

  /** Ends the reader's session. */
  async end(): Promise<void> {
    await fetch(`${this.origin}/api/session`, {
      method: 'DELETE',
      headers: { ...this.headers, origin: this.origin, cookie: this.cookie },
    });
  }

  #hear(message: ServerMessage): void {
    if (message.type === 'engine') this.engine = message.state;
    if (message.type === 'attached' && message.epoch !== this.epoch) {
      this.epoch = message.epoch;
      this.output.next = message.start;
    }
    if (message.type === 'attached') this.#acked = message.start;
    this.messages.push(message);
    for (const wake of this.#watchers.splice(0)) wake();
  }

  async #next(ms: number, what: string): Promise<void> {
    if (ms <= 0) throw new Error(`no ${what} in time`);
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => reject(new Error(`no ${what} in time`)), ms);
    this.#watchers.push(() => resolve(undefined));
    await promise;
    clearTimeout(timer);
  }
}
