/** One WebSocket's life: attach, output in, input out, and one word about how it ended. */
import './zod-without-eval.ts';
import { SUBPROTOCOL, TICKET_PREFIX } from '../../../sandbox/protocol/bounds.ts';
import { readOutput } from '../../../sandbox/protocol/frames.ts';
import { serverMessage } from '../../../sandbox/protocol/messages.ts';
import type { ClientMessage, EngineState, ServerMessage } from '../../../sandbox/protocol/messages.ts';
import { passing } from '../../../sandbox/protocol/problems.ts';
import type { ProblemBody } from '../../../sandbox/protocol/problems.ts';
import type { Usage } from '../../../sandbox/protocol/usage.ts';
import type { Ask, Evidence } from './evidence.ts';
import { InputWindow } from './input-window.ts';
import { Liveness } from './liveness.ts';
import type { OutputLedger } from './output-ledger.ts';
import type { Cancel, Platform } from './platform.ts';
import type { Why } from './state.ts';

/** From opening the socket to `attached`. */
const ATTACH_WITHIN_MS = 10_000;
/** Output that is parsed but not acknowledged for so long is acknowledged although it is little. */
const ACK_AFTER_MS = 50;

/** Where output goes: a terminal's screen. Calls are carried out in the order they are made. */
export type Sink = {
  /** Calls `parsed` once the bytes have been taken in. */
  write: (bytes: Uint8Array, parsed: () => void) => void;
  /** Everything shown so far belongs to another stream. */
  clear: () => void;
  /** `bytes` of output are no longer to be had. */
  skipped: (bytes: number, parsed: () => void) => void;
  size: () => { cols: number; rows: number };
};

export type AttachmentEvents = {
  /** All that was printed before has been parsed: input is welcome from now on. */
  live: () => void;
  engine: (state: EngineState) => void;
  usage: (usage: Usage) => void;
  /** Told while everything else goes on. */
  problem: (problem: ProblemBody) => void;
  evidence: (evidence: Evidence) => void;
  /** Called once, last. */
  closed: (why: Why) => void;
};

export class Attachment {
  readonly #platform: Platform;
  readonly #ledger: OutputLedger;
  readonly #sink: Sink;
  readonly #events: AttachmentEvents;
  readonly #socket: WebSocket;
  readonly #input: InputWindow;
  readonly #liveness: Liveness;
  #deadline: Cancel;
  #idleAck: Cancel | undefined;
  #phase: 'attaching' | 'replaying' | 'live' | 'closed' = 'attaching';
  #problem: ProblemBody | undefined;

  /** @param ticket from POST /api/session; good for one socket */
  constructor(platform: Platform, ticket: string, ledger: OutputLedger, sink: Sink, events: AttachmentEvents) {
    this.#platform = platform;
    this.#ledger = ledger;
    this.#sink = sink;
    this.#events = events;
    const socket = platform.socket('/api/terminal', [SUBPROTOCOL, TICKET_PREFIX + ticket]);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => this.#attach();
    socket.onmessage = (event: MessageEvent<ArrayBuffer | string>) => this.#receive(event.data);
    socket.onclose = () => this.#close({ kind: 'lost' });
    this.#socket = socket;
    this.#input = new InputWindow((piece) => socket.send(piece));
    this.#liveness = new Liveness(
      platform,
      () => this.#say({ type: 'ping' }),
      () => this.#close({ kind: 'lost' }),
    );
    this.#deadline = platform.after(ATTACH_WITHIN_MS, () => this.#close({ kind: 'unreachable' }));
  }

  /** @returns how many bytes were refused; before `live` all of them */
  input(bytes: Uint8Array): number {
    return this.#phase === 'live' ? this.#input.push(bytes) : bytes.length;
  }

  resize(cols: number, rows: number): void {
    if (this.#phase === 'replaying' || this.#phase === 'live') this.#say({ type: 'resize', cols, rows });
  }

  /** Asks beside the shell's bytes; only once `live`. */
  ask(ask: Ask): void {
    if (this.#phase === 'live') this.#say(ask);
  }

  /** Puts the session's end off: its time's, or that of being idle. */
  stay(how: 'extend' | 'here'): void {
    if (this.#phase === 'live') this.#say({ type: how });
  }

  /** Makes sure that the other end is there. */
  check(): void {
    if (this.#phase !== 'attaching' && this.#phase !== 'closed') this.#liveness.check();
  }

  /** Lets go of the socket without a word to anybody. */
  drop(): void {
    if (this.#phase === 'closed') return;
    this.#phase = 'closed';
    this.#liveness.stop();
    this.#deadline();
    this.#idleAck?.();
    this.#socket.close();
  }

  #attach(): void {
    const resume = this.#ledger.resume;
    this.#say({ type: 'attach', ...this.#sink.size(), ...(resume ? { resume } : {}) });
  }

  #say(message: ClientMessage): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #receive(data: ArrayBuffer | string): void {
    if (this.#phase === 'closed') return;
    this.#liveness.heard();
    try {
      if (typeof data !== 'string') this.#output(data);
      else this.#control(serverMessage.parse(JSON.parse(data)));
    } catch {
      // Not what was agreed on: nothing after it can be trusted, but a fresh attach can.
      this.#close({ kind: 'lost' });
    }
  }

  #output(data: ArrayBuffer): void {
    if (this.#phase === 'attaching') throw new Error('output before attached');
    const { bytes, done } = this.#ledger.accept(readOutput(data));
    if (bytes.length > 0) this.#sink.write(bytes, () => this.#parsed(done));
  }

  #control(message: ServerMessage): void {
    switch (message.type) {
      case 'attached': {
        this.#attached(message);
        return;
      }
      case 'taken': {
        this.#input.taken(message.bytes);
        return;
      }
      case 'gap': {
        const { lost, done } = this.#ledger.gap(message.offset);
        this.#sink.skipped(lost, () => this.#parsed(done));
        return;
      }
      case 'engine': {
        this.#events.engine(message.state);
        return;
      }
      case 'problem':
        if (passing.has(message.problem.code)) this.#events.problem(message.problem);
        else this.#problem = message.problem;
        return;
      case 'usage':
        this.#events.usage(message.usage);
        return;
      case 'pong':
        return;
      default:
        this.#events.evidence(message);
    }
  }

  #attached(message: { epoch: string; start: number; end: number }): void {
    if (this.#phase !== 'attaching') throw new Error('attached twice');
    this.#deadline();
    this.#phase = 'replaying';
    if (this.#ledger.attached(message)) this.#sink.clear();
    this.#liven();
  }

  #parsed(done: () => void): void {
    done();
    if (this.#phase !== 'replaying' && this.#phase !== 'live') return;
    this.#acknowledge(this.#ledger.due());
    this.#idleAck ??= this.#platform.after(ACK_AFTER_MS, () => {
      this.#idleAck = undefined;
      this.#acknowledge(this.#ledger.flush());
    });
    this.#liven();
  }

  #acknowledge(offset: number | undefined): void {
    if (offset !== undefined) this.#say({ type: 'ack', offset });
  }

  #liven(): void {
    if (this.#phase !== 'replaying' || !this.#ledger.caughtUp) return;
    this.#phase = 'live';
    this.#events.live();
  }

  #close(why: Why): void {
    if (this.#phase === 'closed') return;
    this.drop();
    this.#events.closed(this.#problem ? { kind: 'problem', problem: this.#problem } : why);
  }
}
