/** What one session has used, for those who show it; whoever measures a part tells it here. */
import type { Usage } from '../protocol/usage.ts';

export type Parts = Omit<Usage, 'time'>;

export class SessionUsage {
  readonly #time: () => Usage['time'];
  readonly #listeners = new Set<() => void>();
  #parts: Parts = {};

  /** @param time asked whenever somebody looks: it runs by itself */
  constructor(time: () => Usage['time']) {
    this.#time = time;
  }

  get now(): Usage {
    return { ...this.#parts, time: this.#time() };
  }

  /** Takes in what was measured; parts that are not given stay as they are. */
  measured(parts: Parts): void {
    this.#parts = { ...this.#parts, ...parts };
    this.changed();
  }

  /** Tells the listeners to look again. */
  changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  /** @returns takes the listener off again */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
