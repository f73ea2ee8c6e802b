/** How fast what a session's programs send is taken in: whatever it is, reading it costs this process time that others need. */

/** Bytes: more than a look at forty images and their layers takes. */
const BURST = 16 * 1024 * 1024;
/** Bytes in a second: the log of a build that never stops talking. */
const PER_SECOND = 512 * 1024;

export class Pace {
  readonly #now: () => number;
  /** When all that was taken would have come at the steady rate. */
  #until = 0;

  /** @param now milliseconds of a clock that only goes forward */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** @returns milliseconds to wait, after these bytes, before more are read */
  take(bytes: number): number {
    const now = this.#now();
    this.#until = Math.max(this.#until, now) + (bytes / PER_SECOND) * 1000;
    return Math.max(0, this.#until - now - (BURST / PER_SECOND) * 1000);
  }
}

const paces = new WeakMap<object, Pace>();

/** The pace that all views of one session's engine share. @param session an object that is the session's for as long as it lives */
export function paceOf(session: object): Pace {
  const pace = paces.get(session) ?? new Pace();
  paces.set(session, pace);
  return pace;
}
