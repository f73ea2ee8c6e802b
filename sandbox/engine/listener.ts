/** One who follows an engine: told of changes, several of a kind within a moment as one. */

/** What may have changed. */
export type EngineChange = 'images' | 'builds' | 'containers';

const MOMENT_MS = 40;

export class Listener implements Disposable {
  readonly #on: (changed: EngineChange) => void;
  readonly #lost: (why: string | undefined) => void;
  readonly #changed = new Set<EngineChange>();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(on: (changed: EngineChange) => void, lost: (why: string | undefined) => void) {
    this.#on = on;
    this.#lost = lost;
  }

  tell(...changed: EngineChange[]): void {
    if (this.#closed) return;
    for (const one of changed) this.#changed.add(one);
    this.#timer ??= setTimeout(() => this.#flush(), MOMENT_MS);
  }

  lost(why: string | undefined): void {
    if (!this.#closed) this.#lost(why);
  }

  [Symbol.dispose](): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #flush(): void {
    this.#timer = undefined;
    const changed = [...this.#changed];
    this.#changed.clear();
    for (const one of changed) if (!this.#closed) this.#on(one);
  }
}
