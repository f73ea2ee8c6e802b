/** Why a socket is not being read at the moment. While there is a reason it is paused; when that lasts too long it is given up. */

/** The way to the shell is being opened; the shell takes no input; the client takes no output. */
export type StallReason = 'attaching' | 'input' | 'output';

export type StallActions = { pause(): void; resume(): void; stalled(): void };

export class Stalls implements Disposable {
  readonly #reasons = new Set<StallReason>();
  readonly #limitMs: number;
  readonly #actions: StallActions;
  #timer: NodeJS.Timeout | undefined;

  /** @param limitMs milliseconds without a break after which `stalled` is called */
  constructor(limitMs: number, actions: StallActions) {
    this.#limitMs = limitMs;
    this.#actions = actions;
  }

  get any(): boolean {
    return this.#reasons.size > 0;
  }

  has(reason: StallReason): boolean {
    return this.#reasons.has(reason);
  }

  begin(reason: StallReason): void {
    this.#reasons.add(reason);
    if (this.#timer) return;
    this.#actions.pause();
    this.#timer = setTimeout(() => this.#actions.stalled(), this.#limitMs);
  }

  over(reason: StallReason): void {
    if (this.#reasons.delete(reason) && !this.any) {
      this[Symbol.dispose]();
      this.#actions.resume();
    }
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
