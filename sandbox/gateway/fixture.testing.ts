/** For tests: a gateway on a real port, with sessions whose shells are a holder made of a stream. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { WebSocket } from 'ws';
import { createEvents } from '../observe/events.ts';
import { createLogger } from '../observe/log.ts';
import { SUBPROTOCOL, TICKET_PREFIX } from '../protocol/bounds.ts';
import type { ProblemAnswer, ServerMessage, SessionAnswer } from '../protocol/messages.ts';
import { openGateway, type Gateway, type GatewayNeeds } from './gateway.ts';
import { TestSessions } from './sessions.testing.ts';

/** Where nothing is asked of images, builds and files. */
const noEvidence = {
  watch: () => undefined,
  layers: () => Promise.resolve(),
  prepare: () => Promise.resolve(),
  [Symbol.dispose]: () => undefined,
};

export type Reply = { status: number; headers: IncomingHttpHeaders; body: string };
export type Settings = Partial<Omit<GatewayNeeds, 'config'>> &
  Pick<GatewayNeeds, 'makeShell'> & { config?: Partial<GatewayNeeds['config']>; files?: Record<string, string> };

/** The origin every test gateway answers to, whatever its port. */
export const ORIGIN = 'http://slipway.test';

/** The headers of a page of this site, changed by `headers`. */
function pageHeaders(headers: Record<string, string | undefined>): Record<string, string> {
  const all: Record<string, string | undefined> = { host: 'slipway.test', origin: ORIGIN, ...headers };
  const sent = Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return Object.fromEntries(sent);
}

export class TestGateway implements AsyncDisposable {
  readonly sessions: TestSessions;
  readonly gateway: Gateway;
  readonly log: string[];
  readonly #site: string;

  private constructor(gateway: Gateway, sessions: TestSessions, log: string[], site: string) {
    this.gateway = gateway;
    this.sessions = sessions;
    this.log = log;
    this.#site = site;
  }

  static async open(settings: Settings): Promise<TestGateway> {
    const root = await mkdtemp(join(tmpdir(), 'slipway-gateway-'));
    const site = join(root, 'site');
    await mkdir(site);
    for (const [name, content] of Object.entries(settings.files ?? {})) {
      await mkdir(dirname(join(site, name)), { recursive: true });
      await writeFile(join(site, name), content);
    }
    const sessions = new TestSessions();
    const log: string[] = [];
    const limits = { sessions: 4, sessionsPerAddress: 4, lifetimeSeconds: 3600 } as GatewayNeeds['config']['limits'];
    const gateway = await openGateway({
      site,
      sandbox: () => ({ mode: 'live', sessions, standIn: true }),
      events: createEvents(createLogger('debug', { write: (line) => log.push(line) })),
      now: () => performance.now(),
      openEvidence: () => noEvidence,
      ...settings,
      config: { host: '127.0.0.1', port: 0, origins: [ORIGIN], trustProxy: 0, limits, ...settings.config },
    });
    return new TestGateway(gateway, sessions, log, root);
  }

  /** Asks as a page of this site does, but for what `headers` says otherwise; undefined leaves a header out. */
  ask(method: string, path: string, headers: Record<string, string | undefined> = {}, body = ''): Promise<Reply> {
    const sent = pageHeaders(headers);
    return new Promise((resolve, reject) => {
      const { port } = this.gateway;
      const request = httpRequest(
        { host: '127.0.0.1', port, method, path, headers: sent, agent: false, setHost: false },
        (response) => {
          void text(response).then(
            (answer) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: answer }),
            reject,
          );
        },
      );
      request.on('error', reject);
      request.end(body);
    });
  }

  /** Sends bytes as they are and gives all that comes back until the other side hangs up. */
  async raw(bytes: string): Promise<string> {
    const socket = connect(this.gateway.port, '127.0.0.1');
    socket.write(bytes);
    return text(socket);
  }

  /** A session and a ticket, as a new browser or as the one with `cookie`. */
  async claim(cookie?: string): Promise<SessionAnswer & { cookie: string }> {
    const reply = await this.ask('POST', '/api/session', { cookie });
    if (reply.status !== 200) throw new Error(`claim: ${reply.status} ${reply.body}`);
    const set = reply.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    return { ...(JSON.parse(reply.body) as SessionAnswer), cookie: set };
  }

  /** Begins a WebSocket handshake with a ticket. */
  socket(
    ticket: string | undefined,
    headers: Record<string, string | undefined> = {},
    path = '/api/terminal',
  ): TestSocket {
    const sent = pageHeaders(headers);
    const protocols = ticket === undefined ? [SUBPROTOCOL] : [SUBPROTOCOL, TICKET_PREFIX + ticket];
    const url = `ws://127.0.0.1:${this.gateway.port}${path}`;
    return new TestSocket(new WebSocket(url, protocols, { headers: sent, perMessageDeflate: false }));
  }

  /** An attached socket of a new browser. */
  async attached(): Promise<{ socket: TestSocket; session: string; cookie: string }> {
    const { session, ticket, cookie } = await this.claim();
    const socket = this.socket(ticket, { cookie });
    await socket.opened();
    socket.say({ type: 'attach', cols: 80, rows: 24 });
    await socket.message('engine');
    return { socket, session, cookie };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.gateway[Symbol.asyncDispose]();
    await rm(this.#site, { recursive: true });
  }
}

export type Closing = { code: number; reason: string };

export class TestSocket {
  readonly ws: WebSocket;
  readonly messages: ServerMessage[] = [];
  readonly closed: Promise<Closing>;
  output = Buffer.alloc(0);
  readonly #refused: Promise<Reply>;

  constructor(ws: WebSocket) {
    this.ws = ws;
    this.closed = new Promise((resolve) =>
      ws.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
    );
    this.#refused = new Promise((resolve) =>
      ws.once('unexpected-response', (_request, response) => {
        void text(response).then((body) =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      }),
    );
    ws.on('error', () => undefined);
    ws.on('message', (data: Buffer, isBinary) => {
      if (isBinary) this.output = Buffer.concat([this.output, data.subarray(8)]);
      else this.messages.push(JSON.parse(data.toString()) as ServerMessage);
    });
  }

  async opened(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.ws.once('open', () => resolve());
      void this.#refused.then((reply) => reject(new Error(`refused: ${reply.status} ${reply.body}`)));
    });
  }

  /** The HTTP answer to a handshake that is refused; fails when it is accepted. */
  async refused(): Promise<{ status: number; code: string; body: string }> {
    const opened = new Promise<never>((_resolve, reject) => {
      this.ws.once('open', () => reject(new Error('the handshake was accepted')));
    });
    const { status, body } = await Promise.race([this.#refused, opened]);
    return { status, body, code: (JSON.parse(body) as ProblemAnswer).problem.code };
  }

  say(message: unknown): void {
    this.ws.send(JSON.stringify(message));
  }

  /** The first message of a type, now or when it comes; fails when the socket closes before. */
  message<T extends ServerMessage['type']>(type: T): Promise<Extract<ServerMessage, { type: T }>> {
    const find = () => this.messages.find((one): one is Extract<ServerMessage, { type: T }> => one.type === type);
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = find();
        if (found) resolve(found);
        return found !== undefined;
      };
      if (look()) return;
      this.ws.on('message', look);
      this.ws.once('close', (code) => look() || reject(new Error(`closed with ${code} before any ${type}`)));
    });
  }

  /** Waits until all output so far ends with `tail`. */
  until(tail: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => this.output.toString().endsWith(tail) && (resolve(), true);
      if (look()) return;
      this.ws.on('message', look);
      this.ws.once(
        'close',
        (code) => look() || reject(new Error(`closed with ${code}; output: ${this.output.toString()}`)),
      );
    });
  }
}
