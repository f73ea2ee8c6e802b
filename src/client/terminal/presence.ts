/** Tells the sandbox that somebody is at the page: one who reads for an hour types nothing into the shell. */
import type { Platform } from '../connection/platform.ts';

/** Not more often than so. */
const APART_MS = 30_000;

export class Presence {
  readonly #platform: Pick<Platform, 'now' | 'visible'>;
  readonly #tell: () => void;
  #quietUntil = 0;

  /**
   * Begins to watch `page` for what only a person does.
   * @param tell told of the first sign of life and later ones, half a minute apart
   */
  constructor(page: Document, platform: Pick<Platform, 'now' | 'visible'>, tell: () => void, signal: AbortSignal) {
    this.#platform = platform;
    this.#tell = tell;
    // Of scrolling only the page's own gets here: what a terminal scrolls does not bubble.
    for (const sign of ['pointerdown', 'keydown', 'wheel', 'scroll', 'touchmove', 'visibilitychange'])
      page.addEventListener(sign, () => this.#sign(), { signal, passive: true });
  }

  /** The next sign is told at once: it is waited for. */
  urgent(): void {
    this.#quietUntil = 0;
  }

  #sign(): void {
    const now = this.#platform.now();
    if (now < this.#quietUntil || !this.#platform.visible()) return;
    this.#quietUntil = now + APART_MS;
    this.#tell();
  }
}
