/** One reader's stay, or one that is kept ready for a reader: its container on the host, seen by the gateway. */
import type { Container } from 'dockerode';
import type { Duplex } from 'node:stream';
import type { Config } from '../config/config.ts';
import { watchEngine } from '../engine/state.ts';
import type { EngineState } from '../protocol/messages.ts';
import { Problem, type ProblemCode } from '../protocol/problems.ts';
import type { Claim, Identity } from './claim.ts';
import type { Clock } from './clock.ts';
import { statusOf } from '../engine/docker-error.ts';
import { EngineFollower } from './engine-follower.ts';
import type { Entry } from './entry.ts';
import { idleLeft, type Age } from './expiry.ts';
import { packFiles } from './files.ts';
import { ShellWays } from './shell-ways.ts';
import { SessionUsage } from './usage.ts';

/** Milliseconds between the clocks that are no drift but a jump. */
const JUMP_MS = 30_000;

type Limits = Pick<Config['limits'], 'lifetimeSeconds' | 'idleSeconds' | 'extendSeconds' | 'extendMostSeconds'>;

export interface Session extends Identity {
  /** The session's container on the host, for rooms that look inside. */
  readonly container: Container;
  /**
   * Opens the holder's protocol as a byte stream. `signal` gives up waiting.
   * @throws Problem session-ended or holder-lost
   */
  openShell(signal: AbortSignal): Promise<Duplex>;
  /** Held while somebody is connected. */
  lease(): Disposable;
  readonly engine: { readonly state: EngineState; onState(listener: () => void): () => void };
  readonly usage: Pick<SessionUsage, 'now' | 'onChange'>;
  /** Puts the end of its time off by one extension, as far as extensions go. */
  extend(): void;
  /** The reader is there, or something of theirs runs: being idle begins anew. */
  active(): void;
  /**
   * The reader's files, a gzipped tar archive.
   * @throws Problem files-not-saved or session-ended
   */
  files(signal: AbortSignal): Promise<Buffer>;
  /** Calls back once, when the session has ended; at once if it has. @returns takes the listener off again */
  onEnded(listener: (why: ProblemCode) => void): () => void;
}

export class LiveSession implements Session, Age {
  readonly id: string;
  /** Its container's first process counts idling from then until somebody attaches. By the clock that only goes forward. */
  readonly madeAt: Date;
  readonly container: Container;
  readonly engine: EngineFollower;
  readonly usage: SessionUsage;
  readonly #entry: Entry;
  readonly #limits: Limits;
  readonly #clock: Clock;
  readonly #gone: () => void;
  readonly #ways: ShellWays;
  readonly #streams = new Set<Duplex & { readonly bytesRead?: number }>();
  /** Bytes that streams brought which are closed by now. */
  #brought = 0;
  readonly #listeners = new Set<(why: ProblemCode) => void>();
  #extendedMs: number;
  /** Since when it is its reader's, by the clock that only goes forward. */
  #begun: number;
  /** How far the machine's clock is ahead of that one, as the register's date has it. */
  #ahead: number;
  #writing: Promise<void> = Promise.resolve();
  #leases = 0;
  /** Archives are made one at a time. */
  #packing = false;
  #idleSince: number;
  /** Whether those who look have been told that being idle is about to end it. */
  #idleTold = false;
  #ended: ProblemCode | undefined;

  /**
   * @param link the folder shared with the session, if there is one
   * @param gone called when the container turns out to be no longer there
   */
  constructor(
    of: { id: string; madeAt: Date },
    entry: Entry,
    link: string | undefined,
    limits: Limits,
    clock: Clock,
    gone: () => void,
  ) {
    this.id = of.id;
    this.container = entry.container;
    this.#entry = entry;
    this.#extendedMs = entry.claim?.extendedMs ?? 0;
    this.#limits = limits;
    this.#clock = clock;
    this.#gone = gone;
    this.#ways = new ShellWays(entry.container, link, () => clock.now());
    this.#idleSince = clock.now();
    this.#ahead = clock.wall() - clock.now();
    // A date to come is of a clock that was put back since: its time begins now.
    const since = (date: Date) => Math.min(clock.now(), date.getTime() - this.#ahead);
    this.madeAt = new Date(since(of.madeAt));
    this.#begun = since(entry.claim?.createdAt ?? of.madeAt);
    this.usage = new SessionUsage(() => ({
      leftMs: Math.max(0, this.expiresAt - clock.now()),
      extendMs: this.#extension,
      ...this.#idling,
    }));
    this.engine = new EngineFollower((on, signal) => watchEngine(entry.container, on, signal), clock);
  }

  /** Whose it is; undefined while it is nobody's. */
  get claim(): Claim | undefined {
    return this.#entry.claim;
  }

  /** Empty while it is nobody's, and no reader's is. */
  get owner(): string {
    return this.claim?.owner ?? '';
  }

  get address(): string {
    return this.claim?.address ?? '';
  }

  get createdAt(): Date {
    return this.claim?.createdAt ?? this.madeAt;
  }

  /** Since when its time is counted, in milliseconds of the clock: its making, then its claim. */
  get begun(): number {
    return this.#begun;
  }

  get ended(): ProblemCode | undefined {
    return this.#ended;
  }

  /**
   * Makes it a reader's.
   * @returns false when it is not to be had: it has ended, or is somebody's already
   * @throws what dockerode throws when the host does not answer
   */
  async give(to: Pick<Claim, 'owner' | 'address'>): Promise<boolean> {
    if (this.claim || this.#ended) return false;
    const createdAt = new Date(this.#clock.wall());
    if (!(await this.#entry.write({ ...to, createdAt, extendedMs: 0 }))) return false;
    this.#begun = this.#idleSince = this.#clock.now();
    this.#ahead = createdAt.getTime() - this.#begun;
    // It may have died while it was given.
    return this.ended === undefined;
  }

  get expiresAt(): number {
    return this.#begun + this.#limits.lifetimeSeconds * 1000 + this.#extendedMs;
  }

  /** Milliseconds one more extension adds. */
  get #extension(): number {
    const { extendSeconds, extendMostSeconds } = this.#limits;
    return Math.max(0, Math.min(extendSeconds * 1000, extendMostSeconds * 1000 - this.#extendedMs));
  }

  /** Milliseconds until being idle ends it, while that is near and there is somebody to warn. */
  get #idling(): { idleMs?: number } {
    const idleMs = this.attended ? idleLeft(this, this.#clock.now(), this.#limits) : undefined;
    return idleMs === undefined ? {} : { idleMs };
  }

  /** Warns those who look when being idle is about to end it, and keeps the register's date true; asked every second. */
  look(): void {
    const ahead = this.#clock.wall() - this.#clock.now();
    if (Math.abs(ahead - this.#ahead) > JUMP_MS) this.#redate(ahead);
    if (this.#idleTold || this.#idling.idleMs === undefined) return;
    this.#idleTold = true;
    this.usage.changed();
  }

  /** The machine's clock was put forward or back: the next process is to find the session as old as it is. */
  #redate(ahead: number): void {
    const before = this.#ahead;
    this.#ahead = ahead;
    this.#writing = this.#writing.then(async () => {
      const { claim } = this;
      if (!claim || this.#ended) return;
      const createdAt = new Date(this.#begun + ahead);
      const written = await this.#entry.write({ ...claim, createdAt }).catch(() => false);
      if (!written) this.#ahead = before;
    });
  }

  active(): void {
    this.#idleSince = this.#clock.now();
    if (!this.#idleTold) return;
    this.#idleTold = false;
    this.usage.changed();
  }

  /** What was granted stands at once; the register has it before the next process reads it, or it is taken back. */
  extend(): void {
    this.active();
    const more = this.#extension;
    if (more <= 0) return;
    this.#extendedMs += more;
    this.usage.changed();
    this.#writing = this.#writing.then(() => this.#writeExtended(more));
  }

  async #writeExtended(more: number): Promise<void> {
    const { claim } = this;
    if (!claim || this.#ended) return;
    const extendedMs = claim.extendedMs + more;
    const written = await this.#entry.write({ ...claim, extendedMs }).catch(() => false);
    if (written) return;
    this.#extendedMs -= more;
    this.usage.changed();
  }

  /** Whether somebody is connected. */
  get attended(): boolean {
    return this.#leases > 0;
  }

  get idleSince(): number {
    return this.#idleSince;
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
    stream.once('close', () => {
      this.#brought += bytesOf(stream);
      this.#streams.delete(stream);
    });
    return stream;
  }

  get outputBytes(): number {
    return [...this.#streams].reduce((sum, stream) => sum + bytesOf(stream), this.#brought);
  }

  async files(signal: AbortSignal): Promise<Buffer> {
    if (this.#ended) throw new Problem(this.#ended);
    this.active();
    if (this.#packing) throw new Problem('too-many-requests');
    this.#packing = true;
    try {
      return await packFiles(this.container, signal);
    } finally {
      this.#packing = false;
    }
  }

  lease(): Disposable {
    let held = true;
    this.active();
    if (++this.#leases === 1) this.engine.attend(true);
    return {
      [Symbol.dispose]: () => {
        if (!held) return;
        held = false;
        this.active();
        if (--this.#leases > 0) return;
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

/** Sockets count by themselves what they have read, and so do streams of programs. */
function bytesOf(stream: Duplex & { readonly bytesRead?: number }): number {
  return stream.bytesRead ?? 0;
}
