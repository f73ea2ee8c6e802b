/** One reader's terminal socket: its messages to the shell, the shell's output to it, and every way it can end. */
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Events } from '../observe/events.ts';
import type { ClientMessage } from '../protocol/messages.ts';
import { Problem, type ProblemCode } from '../protocol/problems.ts';
import { closeReason, readAttach, readClientMessage, type Attach } from './client-messages.ts';
import { Echo } from './echo.ts';
import type { Limits } from './limits.ts';
import { Outbox } from './outbox.ts';
import { EvidenceMessages } from './evidence-messages.ts';
import type { GatewaySession, MakeShell, OpenEvidence, ShellListener, ShellPort } from './ports.ts';
import { Stalls } from './stalls.ts';

export type TerminalSocketNeeds = {
  makeShell: MakeShell;
  openEvidence: OpenEvidence;
  events: Events;
  limits: Limits;
  /** Milliseconds of a clock that only goes forward. */
  now: () => number;
};

/** An output frame begins with the offset of its first byte. */
const OFFSET_BYTES = 8;

type Message = { data: Buffer; isBinary: boolean };

export class TerminalSocket {
  readonly #ws: WebSocket;
  readonly #session: GatewaySession;
  readonly #needs: TerminalSocketNeeds;
  readonly #began: number;
  readonly #closed: Promise<void>;
  readonly #giveUp = new AbortController();
  readonly #held = new DisposableStack();
  readonly #stalls: Stalls;
  readonly #outbox: Outbox;
  readonly #evidence: EvidenceMessages;
  readonly #echo: Echo;
  #shell: { port: ShellPort; stream: Duplex } | undefined;
  /** Messages that came after `attach` while the way to the shell was being opened; the socket is paused meanwhile. */
  #waiting: Message[] | undefined;
  #attached = false;
  #ended = false;
  /** What its reader was told at the end. */
  #told: ProblemCode | undefined;
  #answered = true;

  constructor(ws: WebSocket, session: GatewaySession, needs: TerminalSocketNeeds) {
    this.#ws = ws;
    this.#session = session;
    this.#needs = needs;
    this.#began = needs.now();
    this.#stalls = this.#held.use(
      new Stalls(needs.limits.stallMs, {
        pause: () => ws.pause(),
        resume: () => ws.resume(),
        stalled: () => this.end(new Problem('too-slow')),
      }),
    );
    this.#outbox = new Outbox(ws, needs.limits.outputBytes, {
      full: () => {
        this.#shell?.port.pause();
        this.#stalls.begin('output');
      },
      drained: () => {
        this.#shell?.port.resume();
        this.#stalls.over('output');
      },
    });
    this.#evidence = this.#held.use(
      new EvidenceMessages({ open: needs.openEvidence, session, outbox: this.#outbox }, (error) =>
        needs.events.failed({ id: session.id, at: 'evidence', error }),
      ),
    );
    this.#echo = new Echo(needs.now, (ms) => needs.events.echoed(ms));
    this.#closed = new Promise((resolve) => ws.once('close', () => resolve()));
    // A frame that breaks the protocol or is too large: ws has already sent the close that says so.
    ws.on('error', () => this.#letGo());
    ws.once('close', (code) => {
      this.#letGo();
      needs.events.socketClosed({ session: session.id, code, ms: this.#age() }, this.#told);
    });
  }

  /** Resolves when the socket is closed. */
  get closed(): Promise<void> {
    return this.#closed;
  }

  /** Begins: opens the way to the shell while the client's first message is on its way. */
  open(): void {
    const { limits } = this.#needs;
    this.#held.use(this.#session.lease());
    this.#held.defer(this.#session.engine.onState(() => this.#tellEngine()));
    this.#held.defer(this.#session.usage.onChange(() => this.#tellUsage()));
    const late = setTimeout(() => this.end(new Problem('too-slow', 'No attach message came.')), limits.attachMs);
    this.#held.defer(() => clearTimeout(late));
    const opening = this.#session.openShell(this.#giveUp.signal);
    opening.then(
      (stream) => this.#hold(stream),
      (error: unknown) => this.end(problemOf(error)),
    );
    const off = this.#session.onEnded((why) => this.end(new Problem(why)));
    if (this.#ended) {
      off();
      return;
    }
    this.#held.defer(off);
    this.#ws.on('pong', () => (this.#answered = true));
    this.#ws.on('message', (data: Buffer, isBinary) => {
      this.#answered = true;
      this.#guard(() => {
        if (this.#shell) this.#pass({ data, isBinary });
        else if (this.#waiting) this.#waiting.push({ data, isBinary });
        else {
          const first = readAttach(data, isBinary);
          clearTimeout(late);
          void this.#attach(first, opening);
        }
      });
    });
  }

  /** Asks whether the other end still lives; drops the socket when it did not answer the last time. */
  beat(): void {
    if (this.#ended || this.#stalls.any) return;
    if (this.#answered) this.#ws.ping();
    else this.#ws.terminate();
    this.#answered = false;
  }

  /** Says why, closes, and lets go of the shell, which lives on. */
  end(problem: Problem): void {
    if (this.#ended) return;
    const { code, cause } = problem;
    this.#told = code;
    if (cause !== undefined) this.#needs.events.refused({ request: this.#session.id, code, at: 'terminal', cause });
    this.#outbox.say({ type: 'problem', problem: problem.body });
    this.#ws.close(problem.close, closeReason(problem));
    this.#letGo();
  }

  async #attach(first: Attach, opening: Promise<Duplex>): Promise<void> {
    this.#waiting = [];
    this.#stalls.begin('attaching');
    const stream = await opening.catch(() => undefined);
    if (!stream) return;
    this.#guard(() => {
      if (stream.destroyed) throw new Problem('holder-lost');
      const port = this.#held.use(this.#needs.makeShell(stream, this.#listener(first)));
      this.#shell = { port, stream };
      port.attach({ cols: first.cols, rows: first.rows, resume: first.resume });
      for (const message of this.#waiting ?? []) this.#pass(message);
      this.#waiting = undefined;
      this.#stalls.over('attaching');
    });
  }

  #pass({ data, isBinary }: Message): void {
    if (this.#ended || !this.#shell) return;
    const { port, stream } = this.#shell;
    if (isBinary) this.#type(port, data);
    else this.#control(port, readClientMessage(data));
    if (!stream.writableNeedDrain || this.#stalls.has('input')) return;
    this.#stalls.begin('input');
    stream.once('drain', () => this.#stalls.over('input'));
  }

  #control(port: ShellPort, message: ClientMessage): void {
    if (message.type === 'resize') port.resize({ cols: message.cols, rows: message.rows });
    else if (message.type === 'ack') port.ack(message.offset);
    else if (message.type === 'ping') this.#outbox.say({ type: 'pong' });
    else if (message.type === 'here') this.#session.active();
    else if (message.type === 'extend') this.#extend();
    else if (message.type === 'attach') throw new Problem('bad-message', 'type: attach is sent once.');
    else this.#evidence.take(message);
  }

  #extend(): void {
    this.#session.extend();
    this.#needs.events.sessionExtended({ session: this.#session.id });
  }

  #type(port: ShellPort, bytes: Buffer): void {
    this.#session.active();
    try {
      port.input(bytes);
      this.#echo.typed(bytes.byteLength);
      this.#needs.events.typed(bytes.byteLength);
    } catch (error) {
      if (error instanceof RangeError) throw new Problem('bad-message', 'input: more than the input window.');
      throw error;
    }
  }

  #hold(stream: Duplex): void {
    // Its shell hears of errors too; before there is one, nobody else would.
    stream.on('error', () => undefined);
    if (this.#ended) stream.destroy();
    else this.#held.defer(() => stream.destroy());
  }

  #listener(first: Attach): ShellListener {
    return {
      attached: (at) => {
        this.#attached = true;
        this.#outbox.say({ type: 'attached', ...at });
        this.#tellEngine();
        this.#tellUsage();
        const resumed = first.resume?.epoch === at.epoch;
        this.#needs.events.shellAttached({ session: this.#session.id, resumed, ms: this.#age() });
      },
      output: (frame) => {
        this.#session.active();
        this.#outbox.send(frame);
        this.#echo.printed();
        this.#needs.events.printed(frame.byteLength - OFFSET_BYTES);
      },
      taken: (bytes) => this.#outbox.say({ type: 'taken', bytes }),
      gap: (offset) => this.#outbox.say({ type: 'gap', offset }),
      closed: (error) => {
        if (this.#ended) return;
        // The shell's end may be the session's: that has the better words, and comes by another way.
        const wait = setTimeout(() => this.end(problemOf(error)), this.#needs.limits.endedMs);
        this.#held.defer(() => clearTimeout(wait));
      },
    };
  }

  #tellEngine(): void {
    if (this.#attached && !this.#ended) this.#outbox.say({ type: 'engine', state: this.#session.engine.state });
  }

  #tellUsage(): void {
    if (this.#attached && !this.#ended) this.#outbox.say({ type: 'usage', usage: this.#session.usage.now });
  }

  #guard(act: () => void): void {
    if (this.#ended) return;
    try {
      act();
    } catch (error) {
      this.end(problemOf(error));
    }
  }

  /** Gives back all that is held; what remains of the socket is given a moment to close by itself. */
  #letGo(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#giveUp.abort();
    this.#held.dispose();
    if (this.#ws.readyState === this.#ws.CLOSED) return;
    this.#ws.resume();
    const cut = setTimeout(() => this.#ws.terminate(), this.#needs.limits.closeMs);
    void this.#closed.then(() => clearTimeout(cut));
  }

  #age(): number {
    return Math.round(this.#needs.now() - this.#began);
  }
}

/** Whatever broke the way to the shell, as a problem; the shell itself lives on. */
function problemOf(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem('holder-lost', undefined, { cause: error });
}
