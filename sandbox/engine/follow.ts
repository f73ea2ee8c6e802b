/**
 * Follows a reader's engine while somebody wants to know: by its stream of events and its history of builds, over and over as the engine
 * stops and starts. Nothing polls; when nobody follows, nothing runs. An engine that falls asleep is not lost: it holds what it held.
 */
import type { Container } from 'dockerode';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Build } from '../protocol/evidence.ts';
import type { EngineApi } from './api.ts';
import { Builds } from './builds.ts';
import type { Containers } from './containers.ts';
import type { Contents } from './contents.ts';
import { engineEvents } from './events.ts';
import { Listener, type EngineChange } from './listener.ts';
import { EngineRpc } from './rpc.ts';
import { engineStateOf, watchEngine } from './state.ts';

export type { EngineChange };

const AGAIN_MS = { first: 200, most: 5_000 };
const STEADY_MS = 10_000;
const EVENT_MS = 20;
const WORDS = {
  starting: 'The Docker engine is starting.',
  asleep: 'The Docker engine is asleep.',
  stopped: 'The Docker engine has stopped.',
};
const ALL: readonly EngineChange[] = ['images', 'builds', 'containers'];

type Parts = { api: EngineApi; containers: Containers; contents: Contents };

export class Follower implements Disposable {
  readonly #container: Container;
  readonly #api: EngineApi;
  readonly #containers: Containers;
  readonly #builds: Builds;
  readonly #listeners = new Set<Listener>();
  #running: AbortController | undefined;
  #why: string | undefined;
  #followed = false;
  /** What was told last still holds, although it may not be followed at the moment. */
  #holds = false;

  /** @param container the session's container on the host */
  constructor(container: Container, { api, containers, contents }: Parts) {
    this.#container = container;
    this.#api = api;
    this.#containers = containers;
    this.#builds = new Builds(contents);
  }

  builds(): readonly Build[] {
    return this.#builds.list();
  }

  follow(on: (changed: EngineChange) => void, lost: (why: string | undefined) => void): Disposable {
    const listener = new Listener(on, lost);
    this.#listeners.add(listener);
    if (this.#followed) listener.tell(...ALL);
    else if (this.#why !== undefined) listener.lost(this.#why);
    if (!this.#running) {
      this.#running = new AbortController();
      void this.#run(this.#running.signal);
    }
    return {
      [Symbol.dispose]: () => {
        listener[Symbol.dispose]();
        this.#listeners.delete(listener);
        if (this.#listeners.size === 0) this.#stop();
      },
    };
  }

  [Symbol.dispose](): void {
    for (const listener of this.#listeners) listener[Symbol.dispose]();
    this.#listeners.clear();
    this.#stop();
  }

  #stop(): void {
    this.#running?.abort();
    this.#running = undefined;
    this.#followed = false;
    this.#holds = false;
    this.#why = undefined;
  }

  async #run(signal: AbortSignal): Promise<void> {
    let pause = AGAIN_MS.first;
    while (!signal.aborted) {
      const begun = performance.now();
      // Why it broke is of no use to the reader: what counts is that nothing is heard for now.
      await this.#once(signal).catch(() => undefined);
      this.#followed = false;
      // An engine says that it falls asleep before it stops.
      const state = await engineStateOf(this.#container, signal).catch(() => undefined);
      if (isAborted(signal)) return;
      if (state !== 'asleep' && state !== 'starting') this.#lose('The connection to the Docker engine was lost.');
      pause = performance.now() - begun > STEADY_MS ? AGAIN_MS.first : Math.min(pause * 2, AGAIN_MS.most);
      await sleep(pause, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  async #once(signal: AbortSignal): Promise<void> {
    await this.#ready(signal);
    await this.#streams(signal);
  }

  /** Resolves once the engine is ready. */
  async #ready(signal: AbortSignal): Promise<void> {
    const enough = new AbortController();
    await watchEngine(
      this.#container,
      (state) => {
        if (state === 'ready') enough.abort();
        else if (state === 'stopped' || !this.#holds) this.#lose(WORDS[state]);
      },
      AbortSignal.any([signal, enough.signal]),
    );
    if (!enough.signal.aborted) throw new Error('the watch on the engine ended');
  }

  /** Listens to both streams until one ends. */
  async #streams(outer: AbortSignal): Promise<void> {
    const over = new AbortController();
    const signal = AbortSignal.any([outer, over.signal]);
    let waiting = 2;
    const begun = () => {
      if (--waiting === 0 && !signal.aborted) this.#find();
    };
    try {
      await Promise.race([this.#hearEvents(begun, signal), this.#hearBuilds(begun, signal)]);
    } finally {
      over.abort();
    }
  }

  async #hearEvents(begun: () => void, signal: AbortSignal): Promise<void> {
    for await (const event of engineEvents(this.#api, begun, signal)) {
      if (event.kind === 'container') this.#containers.hear(event);
      this.#tell(event.kind === 'container' ? 'containers' : 'images');
      // Who tells is the reader's own process: it is listened to so many times a second, whatever it sends.
      await sleep(EVENT_MS, undefined, { signal });
    }
  }

  async #hearBuilds(begun: () => void, signal: AbortSignal): Promise<void> {
    using rpc = await EngineRpc.open(this.#container, signal);
    await this.#builds.follow(rpc, begun, () => this.#tell('builds'), signal);
  }

  #tell(...changed: EngineChange[]): void {
    for (const listener of this.#listeners) listener.tell(...changed);
  }

  #find(): void {
    this.#followed = true;
    this.#holds = true;
    this.#why = undefined;
    for (const listener of [...this.#listeners]) listener.lost(undefined);
    this.#tell(...ALL);
  }

  #lose(why: string): void {
    this.#followed = false;
    this.#holds = false;
    if (this.#why === why) return;
    this.#why = why;
    for (const listener of [...this.#listeners]) listener.lost(why);
  }
}

/** The compiler takes a signal that was not aborted for one that never will be. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
