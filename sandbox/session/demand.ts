/** How many sessions ought to be kept ready, by how many were asked for of late. */
import type { Config } from '../config/config.ts';

/** Whoever comes in these minutes is a sign of as many more: a class arrives together. */
const WINDOW_MS = 5 * 60_000;

export class Demand {
  readonly #sizes: Config['pool'];
  #claims: number[] = [];
  #starting = true;

  /** @param sizes `max` bounds the other two */
  constructor(sizes: Config['pool']) {
    this.#sizes = sizes;
  }

  /** A reader asked for a session at `now`, milliseconds of a clock. */
  claimed(now: number): void {
    this.#claims.push(now);
    // More than `max` change nothing.
    if (this.#claims.length > this.#sizes.max) this.#claims.shift();
  }

  /** As many as there ought to be are there: what was wanted for the start alone is wanted no longer. */
  met(): void {
    this.#starting = false;
  }

  /** @returns as many as were claimed in the last five minutes; at least the reserve, at first the initial number, never more than the maximum */
  wanted(now: number): number {
    const { initial, reserve, max } = this.#sizes;
    this.#claims = this.#claims.filter((at) => Math.abs(now - at) < WINDOW_MS);
    return Math.min(max, Math.max(reserve, this.#claims.length, this.#starting ? initial : 0));
  }
}
