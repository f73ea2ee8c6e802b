/** One reader's stay: its container on the host, seen by the gateway. */
import type { Container } from 'dockerode';
import type { Duplex } from 'node:stream';
import type { Config } from '../config/config.ts';
import { watchEngine } from '../engine/state.ts';
import type { EngineState } from '../protocol/messages.ts';
import { Problem, type ProblemCode } from '../protocol/problems.ts';
import type { Clock } from './clock.ts';
import { statusOf } from './docker-error.ts';
import { EngineFollower } from './engine-follower.ts';
import type { Age } from './expiry.ts';
import type { Identity } from './labels.ts';
import { ShellWays } from './shell-ways.ts';
import { SessionUsage } from './usage.ts';

type Limits = Pick<Config['limits'], 'lifetimeSeconds' | 'extendSeconds' | 'extendMostSeconds'>;

export interface Session extends Identity {
  /** The session's container on the host, for rooms that look inside. */
  readonly container: Container;
  /**
   * Opens the holder's protocol as a byte stream. `signal` gives up waiting.
   * @throws Problem session-ended or holder-lost
   */
  openShell(signal: AbortSignal): Promise<Duplex>;
  /** Held while somebody is connected; idling counts from the last release. */
  lease(): Disposable;
  readonly engine: { readonly state: EngineState; onState(listener: () => void): () => void };
  readonly usage: Pick<SessionUsage, 'now' | 'onChange'>;
  /** Puts the end of its time off by one extension, as far as extensions go. */
  extend(): void;
  /** Calls back once, when the session has ended; at once if it has. @returns takes the listener off again */
  onEnded(listener: (why: ProblemCode) => void): () => void;
}

export class LiveSession implements Session, Age {
  readonly id: string;
  readonly owner: string;
  readonly address: string;
  readonly createdAt: Date;
  readonly container: Container;
  readonly engine: EngineFollower;
  readonly usage: SessionUsage;
  readonly #limits: Limits;
  readonly #clock: Clock;
  readonly #gone: () => void;
  readonly #ways: ShellWays;
  readonly #streams = new Set<Duplex>();
  readonly #listeners = new Set<(why: ProblemCode) => void>();
  #extendedMs = 0;
  #leases = 0;
  #idleSince: number;
  #ended: ProblemCode | undefined;

  /**
   * @param link the folder shared with the session, if there is one
   * @param gone called when the container turns out to be no longer there
   */
  constructor(
    of: Identity,
    container: Container,
    link: string | undefined,
    limits: Limits,
    clock: Clock,
    gone: () => void,
  ) {
    this.id = of.id;
    this.owner = of.owner;
    this.address = of.address;
    this.createdAt = of.createdAt;
    this.container = container;
    this.#limits = limits;
    this.#clock = clock;
    this.#gone = gone;
    this.#ways = new ShellWays(container, link, () => clock.now());
    this.#idleSince = clock.now();
    this.usage = new SessionUsage(() => ({
      leftMs: Math.max(0, this.expiresAt - clock.now()),
      extendMs: this.#extension,
    }));
    this.engine = new EngineFollower((on, signal) => watchEngine(container, on, signal), clock);
  }

  get expiresAt(): number {
    return this.createdAt.getTime() + this.#limits.lifetimeSeconds * 1000 + this.#extendedMs;
  }

  /** Milliseconds one more extension adds. */
  get #extension(): number {
    const { extendSeconds, extendMostSeconds } = this.#limits;
    return Math.min(extendSeconds * 1000, extendMostSeconds * 1000 - this.#extendedMs);
  }

  extend(): void {
    this.#extendedMs += this.#extension;
    this.usage.changed();
  }

  get idleSince(): number | undefined {
    return this.#leases > 0 ? undefined : this.#idleSince;
  }

  async openShell(signal: AbortSignal): Promise<Duplex> {
    if (this.#ended) throw new Problem(this.#ended);
    let stream: Duplex;
    try {
      stream = await this.#ways.open(signal);
    } catch (error) {
      const status = statusOf(error);
      const gone = status === 404 || status === 409;
      if (gone) this.#gone();
      throw new Problem(gone ? 'session-ended' : 'holder-lost', undefined, { cause: error });
    }
    this.#streams.add(stream);
    stream.once('close', () => this.#streams.delete(stream));
    return stream;
  }

  lease(): Disposable {
    let held = true;
    if (++this.#leases === 1) this.engine.attend(true);
    return {
      [Symbol.dispose]: () => {
        if (!held) return;
        held = false;
        if (--this.#leases > 0) return;
        this.#idleSince = this.#clock.now();
        this.engine.attend(false);
      },
    };
  }

  onEnded(listener: (why: ProblemCode) => void): () => void {
    if (this.#ended) listener(this.#ended);
    else this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The session is over: tells everybody once and lets go of its streams. */
  finish(why: ProblemCode): void {
    if (this.#ended) return;
    this.#ended = why;
    for (const listener of [...this.#listeners]) listener(why);
    this.#listeners.clear();
    this.close();
  }

  /** Lets go of all streams; the session itself lives on. */
  close(): void {
    this.engine[Symbol.dispose]();
    for (const stream of this.#streams) stream.destroy();
    this.#ways[Symbol.dispose]();
  }
}
