/**
 * Sessions that are nobody's yet, kept ready so that a reader need not wait for one. There are as many as demand asks for and the host has
 * places for; they are made one after the other, and not while readers need the machine. It knows no Docker: it decides, others do.
 */
import type { Config } from '../config/config.ts';
import type { Clock } from './clock.ts';
import { Demand } from './demand.ts';

/** What it needs to know of a session. `begun`: when it was made, in milliseconds of the clock. */
export type Kept = { readonly id: string; readonly begun: number };

export type PoolNeeds<S extends Kept> = {
  sizes: Config['pool'];
  /** Milliseconds after which a session that was made for the pool is better replaced. */
  keepMs: number;
  clock: Pick<Clock, 'now'>;
  /** Makes a session that is nobody's. */
  make: () => Promise<S>;
  /** Resolves when a reader would find it ready; rejects when it will not be. */
  warm: (one: S, signal: AbortSignal) => Promise<void>;
  /** Ends one that is no longer kept. */
  drop: (one: S, why: 'old' | 'surplus' | 'cold') => void;
  /** Places on the host that no reader has, or is about to have. */
  room: () => number;
  /** Whether readers need nothing of the machine just now. */
  quiet: () => boolean;
  /** One is ready. */
  ready: (one: S) => void;
};

const WARM_WITHIN_MS = 30_000;
/** On a machine that is never quiet one is made so often all the same: readers who find none need as much of it, and wait. */
const PATIENCE_MS = 10_000;
/** After one that could not be made. */
const PAUSE_MS = [5_000, 60_000] as const;
/** A session that has to be replaced sooner would keep the machine busy with nothing else. */
const KEEP_LEAST_MS = 15_000;
/** Not replaced in time, it is ended after so many times as long: it is about to end by itself. */
const TOO_OLD = 1.5;

/** `taken`: a reader waits for it. */
type Making<S> = { readonly one: Promise<S>; taken: boolean };

export class Pool<S extends Kept> implements AsyncDisposable {
  readonly #needs: PoolNeeds<S>;
  readonly #sizes: Config['pool'];
  readonly #demand: Demand;
  /** Oldest first, as they came. */
  readonly #ready = new Set<S>();
  readonly #warming = new Map<S, AbortController>();
  #making: Making<S> | undefined;
  #shortSince: number | undefined;
  #pause = 0;
  #notBefore = -Infinity;
  #closed = false;

  constructor(needs: PoolNeeds<S>) {
    this.#needs = needs;
    this.#sizes = needs.keepMs < KEEP_LEAST_MS ? { initial: 0, reserve: 0, max: 0 } : needs.sizes;
    this.#demand = new Demand(this.#sizes);
  }

  /** How many stand ready. */
  get size(): number {
    return this.#ready.size;
  }

  /** Takes in a session that is nobody's. */
  add(one: S): void {
    const stop = new AbortController();
    this.#warming.set(one, stop);
    this.#needs.warm(one, AbortSignal.any([stop.signal, AbortSignal.timeout(WARM_WITHIN_MS)])).then(
      () => {
        if (!this.#warming.delete(one)) return;
        this.#ready.add(one);
        this.#needs.ready(one);
      },
      () => this.#warming.delete(one) && this.#needs.drop(one, 'cold'),
    );
  }

  /**
   * Gives a session up to a reader: one that is ready, else one that will be soonest.
   * @returns undefined when there is none
   */
  take(): S | Promise<S> | undefined {
    this.#demand.claimed(this.#needs.clock.now());
    const [one = this.#warming.keys().next().value] = this.#ready;
    if (one) {
      this.remove(one);
      return one;
    }
    if (!this.#making || this.#making.taken) return undefined;
    this.#making.taken = true;
    return this.#making.one;
  }

  /** It is no longer kept: it has ended. */
  remove(one: S): void {
    this.#ready.delete(one);
    this.#warming.get(one)?.abort();
    this.#warming.delete(one);
  }

  /** Looks after it; to be called every second. */
  step(): void {
    if (this.#closed) return;
    const { clock, quiet, room, keepMs } = this.#needs;
    const now = clock.now();
    const calm = quiet();
    const places = Math.min(this.#sizes.max, room());
    const wanted = Math.min(places, this.#demand.wanted(now));
    const making = this.#making?.taken === false ? 1 : 0;
    const age = (one: S) => now - one.begun;
    const oldestFirst = [...this.#ready, ...this.#warming.keys()].sort((a, b) => age(b) - age(a));
    for (const one of oldestFirst.splice(0, Math.max(0, oldestFirst.length + making - places))) {
      this.#drop(one, 'surplus');
    }
    const old = oldestFirst.filter((one) => age(one) >= keepMs);
    const short = oldestFirst.length - old.length + making < wanted;
    for (const one of old) if (!short || age(one) >= TOO_OLD * keepMs) this.#drop(one, 'old');
    if (!short) {
      this.#demand.met();
      this.#shortSince = undefined;
      return;
    }
    this.#shortSince ??= now;
    if (this.#making || this.#warming.size > 0 || now < this.#notBefore) return;
    if (!calm && now - this.#shortSince < PATIENCE_MS) return;
    this.#shortSince = now;
    // One more needs a place; where all are taken, an old one has it.
    const [oldest] = old;
    if (oldest && this.#ready.size >= places) this.#drop(oldest, 'old');
    void this.#fill();
  }

  #drop(one: S, why: 'old' | 'surplus'): void {
    this.remove(one);
    this.#needs.drop(one, why);
  }

  async #fill(): Promise<void> {
    const making: Making<S> = { one: this.#needs.make(), taken: false };
    this.#making = making;
    try {
      const one = await making.one;
      if (!making.taken && !this.#closed) this.add(one);
      this.#pause = 0;
    } catch {
      // Whoever makes it says why.
      this.#pause = Math.min(PAUSE_MS[1], Math.max(PAUSE_MS[0], this.#pause * 2));
      this.#notBefore = this.#needs.clock.now() + this.#pause;
    } finally {
      this.#making = undefined;
    }
  }

  /** Makes no more; those there are stay, to be found by the next process. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    for (const one of [...this.#ready, ...this.#warming.keys()]) this.remove(one);
    await this.#making?.one.catch(() => undefined);
  }
}
