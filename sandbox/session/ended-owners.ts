/** Why readers' last sessions ended, for those who come back later. Bounded, and gone with the process: a courtesy, no register. */
import type { ProblemCode } from '../protocol/problems.ts';

const MOST = 10_000;

export class EndedOwners {
  /** The oldest first. */
  readonly #why = new Map<string, ProblemCode>();
  readonly #most: number;

  /** @param most so many are remembered; one more pushes out the oldest */
  constructor(most = MOST) {
    this.#most = most;
  }

  remember(owner: string, why: ProblemCode): void {
    this.#why.delete(owner);
    this.#why.set(owner, why);
    const [oldest] = this.#why.keys();
    if (this.#why.size > this.#most && oldest !== undefined) this.#why.delete(oldest);
  }

  why(owner: string): ProblemCode | undefined {
    return this.#why.get(owner);
  }

  /** The owner has another session. */
  forget(owner: string): void {
    this.#why.delete(owner);
  }
}
