/** How many lines of a kind are written: strangers decide how often some things happen, and a log must not fill the disk. */

const MINUTE_MS = 60_000;

export class LineQuota {
  readonly #kinds = new Map<string, { since: number; lines: number }>();
  readonly #now: () => number;
  readonly #perMinute: number;

  /**
   * @param now milliseconds of a clock
   * @param perMinute lines of each kind
   */
  constructor(now: () => number, perMinute: number) {
    this.#now = now;
    this.#perMinute = perMinute;
  }

  /**
   * Counts a line.
   * @param kind of a closed set
   * @returns whether it is written; `leftOut`: how many before it, in the minute that went by, were not
   */
  take(kind: string): { written: boolean; leftOut: number } {
    const now = this.#now();
    const of = this.#kinds.get(kind);
    if (of && now - of.since < MINUTE_MS) return { written: ++of.lines <= this.#perMinute, leftOut: 0 };
    this.#kinds.set(kind, { since: now, lines: 1 });
    return { written: true, leftOut: Math.max(0, (of?.lines ?? 0) - this.#perMinute) };
  }
}
