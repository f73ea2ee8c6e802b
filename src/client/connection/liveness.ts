/** Notices a connection that has died without saying so: asks now and then, and waits only so long for the answer. */
import { PING_EVERY_MS, PONG_WITHIN_MS } from '../../../sandbox/protocol/bounds.ts';
import type { Cancel, Platform } from './platform.ts';

export class Liveness {
  readonly #platform: Platform;
  readonly #ping: () => void;
  readonly #dead: () => void;
  #round: Cancel = () => undefined;
  #wait: Cancel | undefined;

  /**
   * @param ping asks the other end
   * @param dead called once when no answer came in time
   */
  constructor(platform: Platform, ping: () => void, dead: () => void) {
    this.#platform = platform;
    this.#ping = ping;
    this.#dead = dead;
    this.#next();
  }

  /** Anything that arrives is a sign of life. */
  heard(): void {
    this.#wait?.();
    this.#wait = undefined;
  }

  /** Asks at once, unless an answer is awaited already. */
  check(): void {
    if (this.#wait !== undefined) return;
    this.#wait = this.#platform.after(PONG_WITHIN_MS, () => {
      this.stop();
      this.#dead();
    });
    this.#ping();
  }

  stop(): void {
    this.#round();
    this.heard();
  }

  #next(): void {
    this.#round = this.#platform.after(PING_EVERY_MS, () => {
      this.#next();
      if (this.#platform.visible()) this.check();
    });
  }
}
