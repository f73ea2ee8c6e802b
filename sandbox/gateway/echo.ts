/** How long a reader waits for what they type to show: timed one keystroke at a time, so that timing costs nothing to speak of. */

/** Bytes: what a key sends, and no paste. */
const KEY_MOST = 8;
/** Milliseconds after which output is no echo any more: the program that runs shows nothing of what is typed. */
const ECHO_MOST_MS = 10_000;

export class Echo {
  readonly #now: () => number;
  readonly #took: (ms: number) => void;
  #since: number | undefined;

  /** @param now milliseconds of a clock that only goes forward */
  constructor(now: () => number, took: (ms: number) => void) {
    this.#now = now;
    this.#took = took;
  }

  /** So many bytes came from the reader. */
  typed(bytes: number): void {
    if (bytes <= KEY_MOST) this.#since ??= this.#now();
  }

  /** Their terminal printed something. */
  printed(): void {
    if (this.#since === undefined) return;
    const ms = this.#now() - this.#since;
    this.#since = undefined;
    if (ms <= ECHO_MOST_MS) this.#took(ms);
  }
}
