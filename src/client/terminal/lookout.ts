/** Looks out for what is about to bite: meters that fill up, ends that are near, an engine that does not come back. */
import type { EngineState } from '../../../sandbox/protocol/messages.ts';
import type { Usage } from '../../../sandbox/protocol/usage.ts';
import type { Cancel, Platform } from '../connection/platform.ts';
import { alertFor, ENGINE_BACK_MS, stoppedSince } from './alert.ts';
import type { Alert } from './alert.ts';
import { endsOf, nextLook } from './deadline.ts';
import type { Ends } from './deadline.ts';
import { Gauge } from './gauge.ts';
import { Crossings, metersFor } from './meters.ts';
import type { Parts } from './parts.ts';
import { Presence } from './presence.ts';

export type LookoutActions = {
  /** Puts the session's end off. */
  stay: (how: 'extend' | 'here') => void;
  /** The reader's files are to be saved on their machine. */
  save: () => void;
  /** A new sandbox is wanted; the reader has not been asked whether they are sure. */
  afresh: () => void;
  /** Something is to be said once. */
  say: (text: string) => void;
  show: (alert: Alert | undefined, now: number) => void;
  /** An alert has come or gone. */
  changed: () => void;
  focusScreen: () => void;
};

export class Lookout {
  readonly #platform: Platform;
  readonly #actions: LookoutActions;
  readonly #gauge: Gauge;
  readonly #presence: Presence;
  readonly #crossings = new Crossings();
  #usage: Usage | undefined;
  #ends: Ends | undefined;
  #stoppedAt: number | undefined;
  #alert: Alert | undefined;
  #cancel: Cancel = () => undefined;

  constructor(parts: Parts, platform: Platform, actions: LookoutActions, signal: AbortSignal) {
    this.#platform = platform;
    this.#actions = actions;
    this.#gauge = new Gauge(parts, actions.focusScreen, signal);
    this.#presence = new Presence(document, platform, () => actions.stay('here'), signal);
    parts.stay.addEventListener('click', () => actions.stay('extend'), { signal });
    parts.save.addEventListener('click', () => actions.save(), { signal });
    parts.answer.addEventListener('click', () => this.#answer(), { signal });
    signal.addEventListener('abort', () => this.#cancel());
  }

  /** Whether something wants an answer. */
  get alert(): Alert | undefined {
    return this.#alert;
  }

  /** What the session has used, as of now; undefined while there is none. */
  usage(usage: Usage | undefined): void {
    this.#usage = usage;
    this.#ends = usage && endsOf(usage, this.#platform.now());
    if (usage?.time.idleMs !== undefined) this.#presence.urgent();
    const word = usage ? this.#crossings.of(metersFor(usage)) : '';
    if (word !== '') this.#actions.say(word);
    this.#look();
  }

  engine(state: EngineState | undefined): void {
    this.#stoppedAt = stoppedSince(this.#stoppedAt, state, this.#platform.now());
    this.#look();
  }

  #look(): void {
    const now = this.#platform.now();
    const [ends, stoppedAt] = [this.#ends, this.#stoppedAt];
    this.#gauge.show(this.#usage && ends ? { usage: this.#usage, leftMs: ends.time - now } : undefined);
    const before = this.#alert;
    this.#alert = alertFor(ends, stoppedAt, now);
    this.#actions.show(this.#alert, now);
    if (before?.text !== this.#alert?.text) this.#actions.changed();
    this.#cancel();
    const next = Math.min(
      ends ? nextLook(ends, now) : Infinity,
      stoppedAt !== undefined && now - stoppedAt < ENGINE_BACK_MS ? stoppedAt + ENGINE_BACK_MS - now : Infinity,
    );
    if (next < Infinity) this.#cancel = this.#platform.after(next, () => this.#look());
  }

  #answer(): void {
    const act = this.#alert?.button?.act;
    if (act === undefined) return;
    if (act === 'afresh') this.#actions.afresh();
    else if (act === 'save') this.#actions.save();
    else {
      this.#actions.stay(act);
      this.#actions.focusScreen();
    }
  }
}
