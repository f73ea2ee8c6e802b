/** The reader's way to their shell: gets it, keeps it, brings it back, and says plainly how it stands. */
import type { EngineState, SessionAnswer } from '../../../sandbox/protocol/messages.ts';
import { sessionEnds } from '../../../sandbox/protocol/problems.ts';
import type { ProblemBody } from '../../../sandbox/protocol/problems.ts';
import type { Usage } from '../../../sandbox/protocol/usage.ts';
import { Asks } from './asks.ts';
import { Attachment } from './attachment.ts';
import type { Sink } from './attachment.ts';
import { delayBefore } from './backoff.ts';
import type { Ask, Evidence } from './evidence.ts';
import { OutputLedger } from './output-ledger.ts';
import type { Cancel, Platform } from './platform.ts';
import { askSandbox, endSession, leaveLine, openSession } from './session-api.ts';
import { inLine, standsIn, whyNot } from './recorded.ts';
import type { State, Why } from './state.ts';
import { TypeAhead } from './type-ahead.ts';

/** A connection that held so long was a good one: the next trouble starts counting afresh. */
const STEADY_MS = 2_000;

export type ConnectionEvents = {
  state: (state: State) => void;
  engine: (state: EngineState | undefined) => void;
  /** What the session has used of what it may, as of now; undefined while there is none. */
  usage: (usage: Usage | undefined) => void;
  /** Something went wrong and everything else goes on. */
  problem: (problem: ProblemBody) => void;
  /** The reader's session, each time it was asked for; `replaced`: it is not the one this page had. */
  session: (session: SessionAnswer, replaced: boolean) => void;
  /** Of the reader's images, builds and checks; or why something that was asked has no answer. */
  evidence: (evidence: Evidence) => void;
  /** So many bytes of input were not sent, for too much waits already. */
  refused: (bytes: number) => void;
};

export class Connection {
  readonly #platform: Platform;
  readonly #sink: Sink;
  readonly #events: ConnectionEvents;
  readonly #stopWaking: Cancel;
  readonly #stopLeaving: Cancel;
  readonly #early = new TypeAhead();
  readonly #asks: Asks;
  #ledger = new OutputLedger();
  #state: State = { name: 'idle' };
  #attachment: Attachment | undefined;
  /** Ends what is under way when something newer begins. */
  #turn = new AbortController();
  #retry: Cancel = () => undefined;
  #failures = 0;
  #liveSince: number | undefined;
  #seen = false;
  #session: string | undefined;
  /** The host's state is asked before a session is: its answer is no error in the browser's console. */
  #lookFirst = true;

  constructor(platform: Platform, sink: Sink, events: ConnectionEvents) {
    this.#platform = platform;
    this.#sink = sink;
    this.#events = events;
    this.#asks = new Asks(events.evidence);
    this.#stopWaking = platform.onWake(() => this.#wake());
    this.#stopLeaving = platform.onLeave(() => this.#leave());
  }

  get state(): State {
    return this.#state;
  }

  /** Whether the shell has not printed anything yet. */
  get blank(): boolean {
    return this.#ledger.blank;
  }

  /** Connects now, whatever it was waiting for; does nothing while connecting or live. */
  connect(): void {
    const { name } = this.#state;
    if (name === 'connecting' || name === 'live' || (name === 'recorded' && this.#state.looking)) return;
    void this.#connect();
  }

  /** Ends this page's session, if it has not ended, and gets a new one. What was in it is gone. */
  async startAfresh(): Promise<void> {
    const signal = this.#begin();
    this.#early.clear();
    this.#enter({ name: 'connecting', seen: false });
    // Where this page's has ended already there is nothing to end, unless it is another page's new one, which is shared then.
    const ended = this.#session === undefined ? undefined : await endSession(this.#platform, signal);
    if (signal.aborted) return;
    if (ended?.ok === false && !(ended.why.kind === 'problem' && ended.why.problem.code === 'session-ended')) {
      this.#failed(ended.why);
      return;
    }
    this.#ledger = new OutputLedger();
    this.#sink.clear();
    this.#session = undefined;
    this.#seen = false;
    await this.#connect();
  }

  /**
   * Sends what was typed. Until the first shell is there a little is kept for it; while a connection is being
   * brought back nothing is, because a line whose beginning was lost is another command.
   */
  input(bytes: Uint8Array): void {
    if (this.#state.name === 'live') {
      const refused = this.#attachment?.input(bytes) ?? 0;
      if (refused > 0) this.#events.refused(refused);
      return;
    }
    const none = this.#state.name === 'ended' || this.#state.name === 'recorded';
    if (!none && !this.#seen && this.#attachment === undefined) this.#early.add(bytes);
  }

  /**
   * Asks the sandbox beside the shell: a `watch` stands for this and every later attach, `layers` and `prepare` wait for the
   * first and are answered, be it with why they cannot be.
   */
  ask(ask: Ask): void {
    this.#asks.add(ask);
    if (this.#state.name === 'ended' || this.#state.name === 'recorded') this.#asks.end(whyNot(this.#state));
  }

  /** Puts the session's end off: `extend` its time's, `here` that of being idle. */
  stay(how: 'extend' | 'here'): void {
    this.#attachment?.stay(how);
  }

  /** Has the newest `watch` judged again. */
  watchAgain(): void {
    this.#asks.watchAgain();
  }

  /** Tells the shell's terminal its size in character cells. */
  resize(cols: number, rows: number): void {
    this.#attachment?.resize(cols, rows);
  }

  /** Lets go of everything; the session goes on without this page. */
  dispose(): void {
    this.#begin();
    this.#stopWaking();
    this.#stopLeaving();
    this.#enter({ name: 'idle' });
  }

  #begin(): AbortSignal {
    this.#turn.abort();
    this.#turn = new AbortController();
    this.#retry();
    this.#attachment?.drop();
    this.#attachment = undefined;
    this.#asks.away();
    return this.#turn.signal;
  }

  async #connect(): Promise<void> {
    const before = this.#state;
    const signal = this.#begin();
    const seen = this.#seen;
    const failed = before.name === 'reconnecting' ? { why: before.why, attempt: before.attempt } : undefined;
    // Recordings stand in until the new shell is there, not only until it is looked for.
    if (before.name === 'recorded') this.#enter({ ...before, looking: true });
    else this.#enter({ name: 'connecting', seen, ...(failed ? { failed } : {}) });
    if (this.#lookFirst) {
      const sandbox = await askSandbox(this.#platform, signal);
      if (signal.aborted) return;
      if (!sandbox.ok) {
        this.#failed(sandbox.why);
        return;
      }
      const { mode, problem } = sandbox.value;
      if (mode === 'recorded') {
        this.#failed(problem ? { kind: 'problem', problem } : { kind: 'none' });
        return;
      }
      this.#lookFirst = false;
      if (failed) this.#enter({ name: 'connecting', seen });
    }
    const session = await openSession(this.#platform, this.#session !== undefined, signal);
    if (signal.aborted) return;
    if (!session.ok) {
      this.#failed(session.why);
      return;
    }
    const replaced = this.#session !== undefined && this.#session !== session.value.session;
    this.#session = session.value.session;
    this.#events.session(session.value, replaced);
    this.#attachment = new Attachment(this.#platform, session.value.ticket, this.#ledger, this.#sink, {
      live: () => this.#live(),
      engine: (state) => this.#events.engine(state),
      usage: (usage) => this.#events.usage(usage),
      problem: (problem) => this.#events.problem(problem),
      evidence: (evidence) => this.#asks.heard(evidence),
      closed: (why) => this.#failed(why),
    });
  }

  #live(): void {
    this.#liveSince = this.#platform.now();
    this.#seen = true;
    this.#enter({ name: 'live' });
    this.#asks.live((ask) => this.#attachment?.ask(ask));
    const early = this.#early.take();
    if (early.length > 0) this.input(early);
  }

  #failed(why: Why): void {
    this.#begin();
    this.#events.engine(undefined);
    this.#events.usage(undefined);
    if (this.#liveSince !== undefined && this.#platform.now() - this.#liveSince >= STEADY_MS) this.#failures = 0;
    this.#liveSince = undefined;
    if (why.kind === 'unreachable') this.#lookFirst = true;
    if (why.kind === 'problem') {
      this.#lookFirst = why.problem.code === 'host-missing' || why.problem.code === 'image-missing';
      if (!why.problem.retry) {
        if (sessionEnds.has(why.problem.code)) this.#session = undefined;
        this.#enter({ name: 'ended', problem: why.problem });
        this.#asks.end(why.problem.title);
        return;
      }
    }
    const wait = delayBefore(this.#failures, why, this.#platform.random());
    const attempt = (this.#failures += 1);
    this.#retry = this.#platform.after(wait, () => this.connect());
    const waiting = { at: this.#platform.now() + wait, attempt, why, seen: this.#seen };
    if (standsIn(this.#state, why, attempt)) {
      this.#early.clear();
      this.#lookFirst = true;
      this.#enter({ name: 'recorded', ...waiting, looking: false });
      this.#asks.end(whyNot(this.#state));
    } else this.#enter({ name: 'reconnecting', ...waiting });
  }

  #wake(): void {
    if (this.#state.name === 'reconnecting' || this.#state.name === 'recorded') this.connect();
    else this.#attachment?.check();
  }

  #leave(): void {
    if (this.#state.name === 'recorded' && inLine(this.#state.why) !== undefined) leaveLine(this.#platform);
  }

  #enter(state: State): void {
    this.#state = state;
    this.#events.state(state);
  }
}
