/** One who follows a reader's engine, and remembers what was said. */
import type { EngineChange, EngineView } from '../../sandbox/engine/view.ts';

export class Watched implements Disposable {
  readonly changes: EngineChange[] = [];
  readonly lost: (string | undefined)[] = [];
  readonly #following: Disposable;
  readonly #waiting: (() => void)[] = [];

  constructor(view: EngineView) {
    this.#following = view.follow(
      (change) => {
        this.changes.push(change);
        this.#wake();
      },
      (why) => {
        this.lost.push(why);
        this.#wake();
      },
    );
  }

  /** Looks now and after each word of the engine. @returns the first thing found @throws Error when there was none in 30 s */
  async until<T>(what: string, look: () => T | undefined | false): Promise<T> {
    const patience = AbortSignal.timeout(30_000);
    for (;;) {
      const found = look();
      if (found) return found;
      const { promise, resolve, reject } = Promise.withResolvers<undefined>();
      this.#waiting.push(() => resolve(undefined));
      patience.addEventListener('abort', () => reject(new Error(`no ${what} in time`)), { once: true });
      await promise;
    }
  }

  [Symbol.dispose](): void {
    this.#following[Symbol.dispose]();
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
