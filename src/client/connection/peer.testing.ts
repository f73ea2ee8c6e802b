/** The gateway's side of the protocol on loopback, for tests: real HTTP and WebSockets, a shell that is a log of bytes. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { WebSocket as Socket } from 'ws';
import { OUTPUT_WINDOW, SUBPROTOCOL, TICKET_PREFIX } from '../../../sandbox/protocol/bounds.ts';
import { writeOutput } from '../../../sandbox/protocol/frames.ts';
import { clientMessage } from '../../../sandbox/protocol/messages.ts';
import type { ClientMessage, ServerMessage } from '../../../sandbox/protocol/messages.ts';
import { Problem } from '../../../sandbox/protocol/problems.ts';
import type { ProblemCode } from '../../../sandbox/protocol/problems.ts';

const PIECE = 8 * 1024;

export class Peer {
  /** Requests as "METHOD path", in order. */
  readonly requests: string[] = [];
  /** Control messages of all sockets, in order. */
  readonly said: ClientMessage[] = [];
  readonly sockets: Socket[] = [];
  /** Answered instead of what was asked for. */
  problems: Partial<Record<'GET' | 'POST' | 'DELETE', ProblemCode>> = {};
  /** Whether it is a site of files only, with its answer for the sandbox among them. */
  filesOnly = false;
  session = 'first';
  epoch = '00000000000000aa';
  /** All that the shell has printed, and the offset of the first byte still kept. */
  log = Buffer.alloc(0);
  kept = 0;
  input = Buffer.alloc(0);
  /** Whether the shell's terminal takes input as it comes. */
  taking = true;
  answersPings = true;
  /** Whether requests are answered at all. */
  answers = true;
  /** The most output that was sent and not acknowledged. */
  deepest = 0;
  readonly #server = createServer();
  readonly #tickets = new Set<string>();
  #count = 0;
  #sent = 0;
  #acked = 0;
  #attached = false;

  static async listen(): Promise<Peer> {
    const peer = new Peer();
    peer.#serve();
    peer.#server.listen(0, '127.0.0.1');
    await once(peer.#server, 'listening');
    return peer;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get current(): Socket {
    const socket = this.sockets.at(-1);
    if (socket === undefined) throw new Error('no socket yet');
    return socket;
  }

  /** The shell prints. */
  print(bytes: Buffer | string): void {
    this.log = Buffer.concat([this.log, Buffer.from(bytes)]);
    this.#pump();
  }

  say(message: ServerMessage): void {
    this.current.send(JSON.stringify(message));
  }

  /** Sends an output frame as it is, whatever the account says. */
  sendRaw(offset: number, bytes: Buffer): void {
    this.current.send(writeOutput(offset, bytes));
  }

  end(code: ProblemCode): void {
    const problem = new Problem(code);
    this.say({ type: 'problem', problem: problem.body });
    this.current.close(problem.close);
  }

  take(): void {
    this.say({ type: 'taken', bytes: this.input.length });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.sockets) socket.terminate();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #serve(): void {
    this.#server.on('request', (request, response) => {
      this.requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
      if (!this.answers) return;
      const code = this.problems[request.method as 'GET' | 'POST' | 'DELETE'];
      response.setHeader('content-type', 'application/json');
      if (request.method === 'GET') {
        const problem = code ? { problem: new Problem(code).body } : {};
        response.end(
          JSON.stringify({ mode: code || this.filesOnly ? 'recorded' : 'live', standIn: false, ...problem }),
        );
      } else if (code) {
        const problem = new Problem(code);
        response.statusCode = problem.status;
        response.end(JSON.stringify({ problem: problem.body }));
      } else if (request.method === 'DELETE') {
        response.statusCode = 204;
        response.end();
      } else {
        const ticket = `t${(this.#count += 1)}`;
        this.#tickets.add(ticket);
        response.end(JSON.stringify({ session: this.session, ticket, fresh: false, standIn: true }));
      }
    });
    const sockets = new WebSocketServer({
      server: this.#server,
      path: '/api/terminal',
      handleProtocols: () => SUBPROTOCOL,
      verifyClient: ({ req }: { req: { headers: { 'sec-websocket-protocol'?: string | undefined } } }) => {
        const ticket = (req.headers['sec-websocket-protocol'] ?? '').split(/,\s*/)[1]?.slice(TICKET_PREFIX.length);
        return ticket !== undefined && this.#tickets.delete(ticket);
      },
    });
    sockets.on('connection', (socket) => {
      this.sockets.push(socket);
      this.input = Buffer.alloc(0);
      socket.on('message', (data: Buffer, binary) => {
        if (!binary) {
          this.#hear(clientMessage.parse(JSON.parse(data.toString())));
          return;
        }
        this.input = Buffer.concat([this.input, data]);
        if (this.taking) this.take();
      });
    });
  }

  #hear(message: ClientMessage): void {
    this.said.push(message);
    if (message.type === 'ping' && this.answersPings) this.say({ type: 'pong' });
    if (message.type === 'ack') {
      this.#acked = message.offset;
      this.#pump();
    }
    if (message.type !== 'attach') return;
    const { resume } = message;
    const end = this.kept + this.log.length;
    const known = resume?.epoch === this.epoch && resume.from >= this.kept && resume.from <= end;
    this.#sent = this.#acked = known ? resume.from : this.kept;
    this.#attached = true;
    this.say({ type: 'attached', epoch: this.epoch, start: this.#sent, end });
    this.#pump();
  }

  #pump(): void {
    if (!this.#attached) return;
    const end = this.kept + this.log.length;
    while (this.#sent < end && this.#sent - this.#acked + PIECE <= OUTPUT_WINDOW) {
      const bytes = this.log.subarray(this.#sent - this.kept, this.#sent - this.kept + PIECE);
      this.sendRaw(this.#sent, bytes);
      this.#sent += bytes.length;
      this.deepest = Math.max(this.deepest, this.#sent - this.#acked);
    }
  }
}
