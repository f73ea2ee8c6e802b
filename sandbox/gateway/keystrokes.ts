/** How long what a reader types waits for their terminal: timed one at a time, so that timing costs nothing to speak of. */

export class Keystrokes {
  readonly #now: () => number;
  readonly #took: (ms: number) => void;
  #typed = 0;
  #timed: { upTo: number; since: number } | undefined;

  /** @param now milliseconds of a clock that only goes forward */
  constructor(now: () => number, took: (ms: number) => void) {
    this.#now = now;
    this.#took = took;
  }

  /** So many bytes go to the terminal now. */
  typed(bytes: number): void {
    this.#typed += bytes;
    this.#timed ??= { upTo: this.#typed, since: this.#now() };
  }

  /** @param bytes that the terminal has taken in all */
  taken(bytes: number): void {
    if (!this.#timed || bytes < this.#timed.upTo) return;
    this.#took(this.#now() - this.#timed.since);
    this.#timed = undefined;
  }
}
