/** The builds of a reader's engine, newest first, kept up to date from its history. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Build } from '../protocol/evidence.ts';
import type { BuildPlace, Contents } from './contents.ts';
import { dockerfileOf } from './dockerfile.ts';
import { buildRecords, buildVertices, type BuildRecord } from './history.ts';
import type { EngineRpc } from './rpc.ts';
import { shown } from './shown.ts';
import { Steps } from './steps.ts';

/** More than a page is sent: an exercise may compare a build with earlier ones. */
const KEPT = 24;
const FOLLOWED_MOST = 8;
/** Looking up where a build came from starts a program in the session: so many at once, and then one each so many milliseconds. */
const LOOK_UP = { burst: 16, everyMs: 500 };
const PAST_MS = 5_000;
/** What changes within this is put together at once; longer when that takes long, so that it never takes much of a processor. */
const TOGETHER_MS = 30;
const SHARE = 10;
/** Who tells is the reader's own process: after so many messages it is listened to a few times a second, whatever it sends. */
const BURST = 64;
const EVERY_MS = 50;

type Known = {
  record: BuildRecord;
  file: string;
  steps: Steps;
  whole: boolean;
  /** What is told of it; nothing until it has been read as far as there is something. */
  build: Build | undefined;
  /** It is to be told anew. */
  changed: boolean;
};

export class Builds {
  readonly #contents: Contents;
  readonly #known = new Map<string, Known>();
  #places: ReadonlyMap<string, BuildPlace> = new Map();
  #list: readonly Build[] = [];
  #told = '';
  #timer: NodeJS.Timeout | undefined;
  #pause = 0;
  /** When the last of the look-ups so far would have been, one each so many milliseconds. */
  #lookedUp = 0;

  constructor(contents: Contents) {
    this.#contents = contents;
  }

  list(): readonly Build[] {
    return this.#list;
  }

  /**
   * Keeps the list up to date until the signal aborts or the engine ends.
   * @param begun called when the engine has begun to tell
   * @param changed called after every change of the list
   * @throws what EngineRpc.call throws
   */
  async follow(rpc: EngineRpc, begun: () => void, changed: () => void, signal: AbortSignal): Promise<void> {
    this.#giveUpRunning();
    const running = new Map<string, Promise<void>>();
    const refresh = (known: Known | undefined) => {
      if (known) known.changed = true;
      this.#refreshSoon(changed, signal);
    };
    let taken = 0;
    for await (const record of buildRecords(rpc, signal, begun)) {
      const known = await this.#know(record, signal);
      if (known && record.completedAt === undefined) {
        known.record = record;
        if (!running.has(record.ref) && running.size < FOLLOWED_MOST) {
          const read = this.#read(rpc, known, () => refresh(known), signal);
          running.set(
            record.ref,
            read.finally(() => running.delete(record.ref)),
          );
        }
      } else if (known) {
        // What it did to the end comes before the word that it ended.
        await Promise.race([running.get(record.ref), wait(PAST_MS, signal)]);
        if (!known.whole) await this.#readPast(rpc, known, signal);
        known.record = record;
      }
      refresh(known);
      if (++taken > BURST) await wait(EVERY_MS, signal);
    }
  }

  /** What was under way when the engine was last followed is so only if it says so again. */
  #giveUpRunning(): void {
    for (const known of this.#known.values())
      if (known.record.completedAt === undefined) {
        known.record = { ...known.record, completedAt: known.record.createdAt, error: 'The engine stopped.' };
        known.changed = true;
      }
  }

  async #readPast(rpc: EngineRpc, known: Known, signal: AbortSignal): Promise<void> {
    await this.#read(rpc, known, () => undefined, AbortSignal.any([signal, AbortSignal.timeout(PAST_MS)]));
  }

  /** Reads a build's steps to its end. A build whose steps cannot be read has none. */
  async #read(rpc: EngineRpc, known: Known, changed: () => void, signal: AbortSignal): Promise<void> {
    try {
      let taken = 0;
      for await (const vertices of buildVertices(rpc, known.record.ref, signal)) {
        known.steps.update(vertices);
        changed();
        if (++taken > BURST) await wait(EVERY_MS, signal);
      }
      known.whole = true;
    } catch {
      // That the engine ended, if it did, is heard on the stream of records.
    }
  }

  /** @returns undefined for a build older than all that are kept */
  async #know(record: BuildRecord, signal: AbortSignal): Promise<Known | undefined> {
    const known = this.#known.get(record.ref);
    if (known) return known;
    const all = [...this.#known.values()].sort((a, b) => a.record.createdAt - b.record.createdAt);
    const oldest = all[0];
    if (all.length >= KEPT && oldest) {
      if (oldest.record.createdAt > record.createdAt) return undefined;
      this.#known.delete(oldest.record.ref);
    }
    if (!this.#places.has(record.ref)) await this.#lookUp(signal);
    const file = shown(dockerfileOf(record.filename, this.#places.get(record.ref)));
    const made = {
      record: { ...record, completedAt: undefined, error: undefined },
      file,
      steps: new Steps(),
      whole: false,
      build: undefined,
      changed: false,
    };
    this.#known.set(record.ref, made);
    return made;
  }

  async #lookUp(signal: AbortSignal): Promise<void> {
    const now = performance.now();
    this.#lookedUp = Math.max(now, this.#lookedUp) + LOOK_UP.everyMs;
    const early = this.#lookedUp - now - LOOK_UP.burst * LOOK_UP.everyMs;
    if (early > 0) await wait(early, signal);
    if (!signal.aborted) this.#places = await this.#contents.buildPlaces().catch(() => this.#places);
  }

  #refreshSoon(changed: () => void, signal: AbortSignal): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (signal.aborted) return;
      const begun = performance.now();
      this.#refresh(changed);
      this.#pause = Math.max(TOGETHER_MS, (performance.now() - begun) * SHARE);
    }, this.#pause).unref();
  }

  #refresh(changed: () => void): void {
    for (const known of this.#known.values()) {
      if (known.changed) known.build = buildOf(known);
      known.changed = false;
    }
    const builds = [...this.#known.values()].map(({ build }) => build).filter((build) => build !== undefined);
    const list = builds.sort((a, b) => b.startedAt - a.startedAt);
    const told = JSON.stringify(list);
    if (told === this.#told) return;
    this.#list = list;
    this.#told = told;
    changed();
  }
}

function buildOf({ record, file, steps }: Known): Build {
  const { ref, target, createdAt, completedAt, error } = record;
  const ended = completedAt === undefined ? undefined : error === undefined ? 'done' : 'failed';
  return {
    ref: shown(ref),
    file,
    ...(target === undefined ? {} : { target: shown(target) }),
    state: ended ?? 'running',
    startedAt: Math.round(createdAt),
    ...(completedAt === undefined ? {} : { ms: Math.max(0, Math.round(completedAt - createdAt)) }),
    steps: steps.list(ended),
    ...(error === undefined ? {} : { error: shown(error, 300) }),
  };
}

async function wait(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal, ref: false }).catch(() => undefined);
}
