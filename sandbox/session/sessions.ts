/** All sessions of this instance. The truth is on the host, in labels: this is only a view, found again after every start. */
import type { Events } from '../observe/events.ts';
import type { Census } from '../observe/readings.ts';
import { Problem, type ProblemCode } from '../protocol/problems.ts';
import { censusOf } from './census.ts';
import type { Clock } from './clock.ts';
import { createSession, type SessionHost, type SessionsConfig } from './create.ts';
import { watchDeaths, type Death } from './deaths.ts';
import { Disks } from './disks.ts';
import { discover, type Running } from './discover.ts';
import { EndedOwners } from './ended-owners.ts';
import { recordEngine } from './engine-record.ts';
import { Entry } from './entry.ts';
import { whyDue } from './expiry.ts';
import { whatIsFull } from './limits.ts';
import { Line } from './line.ts';
import { LinkFolders } from './link-folders.ts';
import { namesOf, newId } from './names.ts';
import { Measuring } from './measure/measuring.ts';
import { orphans } from './orphans.ts';
import { Pool } from './pool.ts';
import { removeSession } from './remove.ts';
import { LiveSession, type Session } from './session.ts';
import { SpareProcessor } from './spare-processor.ts';
import { warmUp } from './warm-up.ts';

type Log = Pick<
  Events,
  | 'engineDied'
  | 'engineWoke'
  | 'queueServed'
  | 'sessionMade'
  | 'sessionEnded'
  | 'sessionFailed'
  | 'sessionReady'
  | 'sessionUnused'
  | 'orphansRemoved'
  | 'hostLost'
>;

const START_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 1_000;
const REAP_EVERY_MS = 60_000;

/** `warm`: it was kept ready. */
type Given = { readonly session: LiveSession; readonly warm: boolean };
type Claiming = { readonly address: string; readonly given: Promise<Given> };

export class Sessions implements AsyncDisposable {
  readonly #host: SessionHost;
  readonly #config: SessionsConfig;
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #links: LinkFolders | undefined;
  readonly #disks: Disks | undefined;
  readonly #pool: Pool<LiveSession>;
  /** All that run, claimed or not. */
  readonly #byId = new Map<string, LiveSession>();
  /** By owner, so that claims of one owner share one session. */
  readonly #claiming = new Map<string, Claiming>();
  /** Ids of those whose container does not run yet. */
  readonly #making = new Set<string>();
  readonly #ending = new Map<string, Promise<void>>();
  readonly #ended = new EndedOwners();
  readonly #line: Line;
  /** Whether the host is away, or has come back and has not been looked through yet. */
  #away = false;
  readonly #closing = new AbortController();
  readonly #timers = new DisposableStack();
  #watching: Promise<void> | undefined;

  private constructor(host: SessionHost, config: SessionsConfig, log: Log, clock: Clock, spare: () => boolean) {
    this.#host = host;
    this.#config = config;
    this.#log = log;
    this.#clock = clock;
    this.#line = new Line(
      () => clock.now(),
      config.limits.sessionsPerAddress,
      (ms) => this.#log.queueServed({ ms }),
    );
    this.#links = host.links === undefined ? undefined : new LinkFolders(host.links);
    this.#disks = host.disks && new Disks(host.disks, config.instance);
    this.#pool = new Pool({
      sizes: config.pool,
      keepMs: keepMs(config),
      clock,
      make: () => this.#make(),
      warm: warmUp,
      drop: (session, why) => this.#attempt(() => this.#dropUnclaimed(session, why)),
      room: () => config.limits.sessions - this.size,
      quiet: () => spare() && this.#claiming.size === 0,
      ready: ({ id, begun }) => log.sessionReady({ session: id, ms: Math.round(clock.now() - begun) }),
    });
  }

  /**
   * Finds the sessions there are and begins to look after them.
   * @param spare whether the machine has time for what nobody waits for; left out, its processors are asked, where they are the host's
   * @throws what dockerode throws when the host does not answer
   */
  static async open(
    host: SessionHost,
    config: SessionsConfig,
    log: Log,
    clock: Clock,
    spare = spareOn(host),
  ): Promise<Sessions> {
    const sessions = new Sessions(host, config, log, clock, spare);
    host.egress?.onMeter((id, network) => sessions.#byId.get(id)?.usage.measured({ network }));
    await sessions.reap();
    sessions.#watch();
    return sessions;
  }

  /** How many readers have a session, or are about to. */
  get size(): number {
    return this.#claimed().length + this.#claiming.size;
  }

  /** How many there are of each kind, and what they use. */
  get census(): Census {
    const all = [...this.#byId.values()];
    const [claimed, warm] = [all.filter(({ claim }) => claim), all.filter(({ claim }) => !claim)];
    return censusOf(claimed, warm, {
      making: this.#making.size,
      ending: this.#ending.size,
      waiting: this.#line.length,
    });
  }

  /** How many sessions stand ready that are nobody's. */
  get ready(): number {
    return this.#pool.size;
  }

  /** A reader's session. */
  get(id: string): Session | undefined {
    const session = this.#byId.get(id);
    return session?.claim && session;
  }

  ofOwner(owner: string): Session | undefined {
    return this.#claimed().find((session) => session.owner === owner);
  }

  /** Why the owner's last session ended; undefined when they have one, never had, or it is long ago. */
  whyEnded(owner: string): ProblemCode | undefined {
    return this.#ended.why(owner);
  }

  /** The owner does not wait for a session any more. */
  leaveLine(owner: string): void {
    this.#line.leave(owner);
  }

  /**
   * Gives an owner's session: one that is kept ready, or else one that is made. Claims at the same time get the same one.
   * @param owner SHA-256 of the browser's cookie, in hex
   * @param address SHA-256 of the reader's address, in hex
   * @throws Problem host-full with the place in the line, address-full, image-missing, start-failed, or restarting when this process is going
   */
  async claim(owner: string, address: string): Promise<{ session: Session; fresh: boolean; warm?: boolean }> {
    const claiming = this.#claiming.get(owner);
    if (claiming) return { session: (await claiming.given).session, fresh: false };
    const existing = this.ofOwner(owner);
    if (existing) return { session: existing, fresh: false };
    if (this.#closing.signal.aborted) throw new Problem('restarting');
    const addresses = [...this.#claimed(), ...this.#claiming.values()].map((one) => one.address);
    const { limits } = this.#config;
    // A place that is free is the first's in the line.
    const waits = this.#line.ask(owner, address, limits.sessions - addresses.length);
    if (waits) throw new Problem('host-full', undefined, waits);
    const full = whatIsFull(addresses, address, limits);
    if (full) throw new Problem(full);
    const given = this.#give({ owner, address });
    this.#claiming.set(owner, { address, given });
    return { ...(await given), fresh: true };
  }

  #claimed(): LiveSession[] {
    return [...this.#byId.values()].filter(({ owner }) => owner !== '' && !this.#claiming.has(owner));
  }

  async #give(to: { owner: string; address: string }): Promise<Given> {
    try {
      for (;;) {
        const kept = this.#pool.take();
        const session = await (kept ?? this.#make());
        const given = await session.give(to).catch((error: unknown) => error);
        if (given === true) {
          this.#ended.forget(to.owner);
          if (this.#closing.signal.aborted) session.close();
          return { session, warm: kept !== undefined };
        }
        await this.#dropUnclaimed(session, 'lost').catch(() => undefined);
        if (!kept) throw new Problem('start-failed', undefined, { cause: given });
      }
    } finally {
      this.#claiming.delete(to.owner);
    }
  }

  /** Makes a session that is nobody's. */
  async #make(): Promise<LiveSession> {
    const of = { id: newId(), madeAt: new Date(this.#clock.wall()) };
    const begun = this.#clock.now();
    this.#making.add(of.id);
    try {
      const within = AbortSignal.timeout(START_WITHIN_MS);
      const container = await createSession(of, this.#host, this.#links, this.#disks, this.#config, within);
      this.#log.sessionMade({ session: of.id, ms: Math.round(this.#clock.now() - begun) });
      return this.#adopt({ ...of, containerId: container.id, claim: undefined });
    } catch (error) {
      this.#log.sessionFailed({ session: of.id, error });
      throw error;
    } finally {
      this.#making.delete(of.id);
    }
  }

  #adopt(of: Running): LiveSession {
    const gone = () => this.#attempt(() => this.end(of.id, this.#whyGone));
    const link = this.#links?.has(of.id) ? this.#links.of(of.id) : undefined;
    const unclaimed = namesOf(this.#config.instance, of.id).container;
    const entry = new Entry(this.#host.docker, of.containerId, unclaimed, of.claim);
    const session = new LiveSession(of, entry, link, this.#config.limits, this.#clock, gone);
    recordEngine(session, this.#log, () => Math.round(this.#clock.now()));
    const network = this.#host.egress?.meter(of.id);
    if (network) session.usage.measured({ network });
    this.#byId.set(of.id, session);
    return session;
  }

  /**
   * Ends a session and removes all it has on the host. Does nothing when there is none of that id.
   * @throws what dockerode throws when something stays; the reaper removes it later
   */
  async end(id: string, why: ProblemCode): Promise<void> {
    const session = this.#byId.get(id);
    if (session?.claim) {
      this.#ended.remember(session.owner, why);
      this.#log.sessionEnded({ session: id, why });
      this.#finish(session, why);
    } else if (session) await this.#dropUnclaimed(session, why);
    await this.#ending.get(id);
  }

  async #dropUnclaimed(session: LiveSession, why: Parameters<Log['sessionUnused']>[0]['why']): Promise<void> {
    if (this.#byId.get(session.id) === session) {
      this.#pool.remove(session);
      this.#log.sessionUnused({ session: session.id, why });
      this.#finish(session, 'session-ended');
    }
    await this.#ending.get(session.id);
  }

  #finish(session: LiveSession, why: ProblemCode): void {
    this.#byId.delete(session.id);
    session.finish(why);
    this.#ending.set(session.id, this.#remove(session.id));
  }

  async #remove(id: string): Promise<void> {
    try {
      await removeSession(this.#host.docker, this.#config.instance, id, this.#links, this.#disks);
      this.#host.egress?.forget(id);
    } finally {
      this.#ending.delete(id);
    }
  }

  /**
   * Ends every session and removes whatever sessions of this instance have left on the host.
   * @throws AggregateError when something stays
   */
  async endAll(): Promise<void> {
    await this.#pool[Symbol.asyncDispose]();
    await Promise.allSettled([...this.#claiming.values()].map(({ given }) => given));
    await Promise.allSettled([...this.#byId.keys()].map((id) => this.end(id, 'session-ended')));
    const { objects } = await discover(this.#host.docker, this.#config.instance);
    await each(new Set(objects.map(({ id }) => id)), (id) => this.#remove(id));
  }

  /**
   * Brings the view up to the host's: takes in sessions that run, ends those that do not, removes what was left behind.
   * @throws what dockerode throws, or AggregateError when something stays; it is tried again
   */
  async reap(): Promise<void> {
    const mine = [...this.#byId.keys()];
    const before = this.#known();
    const { running, objects } = await discover(this.#host.docker, this.#config.instance);
    if (this.#closing.signal.aborted) return;
    const known = new Set([...before, ...this.#known()]);
    for (const one of running) {
      if (known.has(one.id)) continue;
      const session = this.#adopt(one);
      if (!session.claim) this.#pool.add(session);
    }
    const alive = new Set(running.map(({ id }) => id));
    const dead = mine.filter((id) => !alive.has(id));
    const left = orphans(objects, known, this.#clock.wall());
    if (left.length > 0) this.#log.orphansRemoved({ sessions: left });
    await each(dead, (id) => this.end(id, this.#whyGone));
    await each(left, (id) => this.#remove(id));
    const there = new Set([...known, ...objects.map(({ id }) => id)]);
    const stays = (id: string) => there.has(id) || this.#known().has(id);
    await Promise.all([this.#links?.clean(stays), this.#disks?.clean(stays)]);
    await this.#expire();
  }

  /** What a session ended of whose container is not there any more: a host that comes back without it was restarted. */
  get #whyGone(): ProblemCode {
    return this.#away ? 'host-restarted' : 'session-ended';
  }

  /** The holder ends with 0 when nobody was attached for too long, and with nothing else. */
  #whyDied({ exitCode, outOfMemory }: Death): ProblemCode {
    if (outOfMemory) return 'out-of-memory';
    return exitCode === '0' ? 'session-idle' : this.#whyGone;
  }

  /** Ids that are somebody's business: alive, being made or being ended. */
  #known(): Set<string> {
    return new Set([...this.#byId.keys(), ...this.#ending.keys(), ...this.#making]);
  }

  async #expire(): Promise<void> {
    const now = this.#clock.now();
    await each(this.#claimed(), async (session) => {
      const why = whyDue(session, now, this.#config.limits);
      if (why) await this.end(session.id, why);
      else session.look();
    });
  }

  #watch(): void {
    this.#timers.use(this.#clock.every(LOOK_EVERY_MS, () => this.#attempt(() => this.#expire())));
    this.#timers.use(this.#clock.every(LOOK_EVERY_MS, () => this.#pool.step()));
    this.#timers.use(
      new Measuring({
        docker: this.#host.docker,
        instance: this.#config.instance,
        limits: this.#config.limits,
        memoryHeld: this.#host.enforcement.memory.by !== undefined,
        disks: this.#disks,
        clock: this.#clock,
        sessions: () => this.#claimed(),
        over: (id, why) => this.#attempt(() => this.end(id, why)),
        failed: (error) => this.#log.hostLost({ error }),
      }),
    );
    this.#pool.step();
    this.#timers.use(this.#clock.every(REAP_EVERY_MS, () => this.#attempt(() => this.reap())));
    const on = {
      died: (id: string, death: Death) => this.#attempt(() => this.end(id, this.#whyDied(death))),
      connected: () =>
        this.#attempt(async () => {
          await this.reap();
          this.#away = false;
        }),
      lost: (error: unknown) => {
        this.#away = true;
        this.#log.hostLost({ error });
      },
    };
    this.#watching = watchDeaths(this.#host.docker, this.#config.instance, on, this.#clock, this.#closing.signal);
  }

  /** Work nobody waits for; what fails is tried again by the next reap. */
  #attempt(work: () => Promise<void>): void {
    work().catch((error: unknown) => this.#log.hostLost({ error }));
  }

  /** Stops looking after sessions. They live on, to be found by the next process. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    this.#timers.dispose();
    await this.#pool[Symbol.asyncDispose]();
    await Promise.allSettled([...this.#claiming.values()].map(({ given }) => given));
    for (const session of this.#byId.values()) session.close();
    await Promise.allSettled([this.#watching, ...this.#ending.values()]);
  }
}

/** Half the time after which a session nobody attaches to ends by itself, or its engine goes to sleep. */
function keepMs({ limits, engineIdleSeconds }: SessionsConfig): number {
  return Math.min(limits.idleSeconds, engineIdleSeconds || Infinity) * 500;
}

function spareOn(host: SessionHost): () => boolean {
  if (host.links === undefined) return () => true;
  const processors = new SpareProcessor();
  return () => processors.look();
}

/** Does the work for all, whether or not it fails for some. @throws AggregateError of what failed */
async function each<T>(all: Iterable<T>, work: (one: T) => Promise<void>): Promise<void> {
  const done = await Promise.allSettled(Array.from(all, work));
  const failed = done.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  if (failed.length > 0) throw new AggregateError(failed, failed.map(String).join('; '));
}
