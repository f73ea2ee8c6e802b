/**
 * A session's view of its engine's state. It is watched until the engine is ready and whenever somebody is connected;
 * an unattended session with an engine that is ready, or asleep after that, has no process of ours in it.
 */
import type { EngineState } from '../protocol/messages.ts';
import type { Clock } from './clock.ts';

/** Calls back with the state now and on every change until the signal aborts or the session ends. */
export type Watch = (on: (state: EngineState) => void, signal: AbortSignal) => Promise<void>;

const AGAIN_MS = 1_000;

/** What an engine that nobody uses comes to by itself. */
const AT_REST: readonly EngineState[] = ['ready', 'asleep'];

export class EngineFollower implements Disposable {
  state: EngineState = 'starting';
  readonly #watch: Watch;
  readonly #clock: Clock;
  readonly #listeners = new Set<() => void>();
  #attended = false;
  #closed = false;
  #running: AbortController | undefined;

  constructor(watch: Watch, clock: Clock) {
    this.#watch = watch;
    this.#clock = clock;
    this.#update();
  }

  /** @returns takes the listener off again */
  onState(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Whether somebody is connected to the session. */
  attend(attended: boolean): void {
    this.#attended = attended;
    this.#update();
  }

  [Symbol.dispose](): void {
    this.#closed = true;
    this.#listeners.clear();
    this.#update();
  }

  #update(): void {
    const wanted = !this.#closed && (this.#attended || !AT_REST.includes(this.state));
    if (wanted && !this.#running) {
      this.#running = new AbortController();
      void this.#follow(this.#running.signal);
    } else if (!wanted && this.#running) {
      this.#running.abort();
      this.#running = undefined;
    }
  }

  async #follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      // A watch that breaks says nothing about the engine; that the session ended is heard of elsewhere.
      await this.#watch((state) => this.#set(state), signal).catch(() => undefined);
      await this.#clock.wait(AGAIN_MS, signal).catch(() => undefined);
    }
  }

  #set(state: EngineState): void {
    if (state === this.state) return;
    this.state = state;
    for (const listener of [...this.#listeners]) listener();
    this.#update();
  }
}
