/** Tickets: each the right to attach one socket to one session, once, soon, by the browser it was given to. */
import { randomBytes } from 'node:crypto';
import { sha256 } from './identity.ts';

type Held = { session: string; owner: string; until: number };

export class Tickets {
  /** By the ticket's hash: what is looked up and compared tells nothing about a ticket by the time it takes. Oldest first. */
  readonly #held = new Map<string, Held>();
  readonly #now: () => number;
  readonly #seconds: number;
  readonly #perSession: number;

  /**
   * @param now milliseconds of a clock that only goes forward
   * @param seconds how long a ticket may be used
   * @param perSession how many may be outstanding for one session; one more ends its oldest
   */
  constructor(now: () => number, seconds: number, perSession = 16) {
    this.#now = now;
    this.#seconds = seconds;
    this.#perSession = perSession;
  }

  get size(): number {
    return this.#held.size;
  }

  /** Gives a ticket of 256 random bits, in letters that a WebSocket subprotocol may have. */
  give(session: string, owner: string): string {
    this.#forgetOld();
    const mine = [...this.#held].filter(([, held]) => held.session === session);
    for (const [hash] of mine.slice(0, Math.max(0, mine.length - this.#perSession + 1))) this.#held.delete(hash);
    const ticket = randomBytes(32).toString('base64url');
    this.#held.set(sha256(ticket), { session, owner, until: this.#now() + this.#seconds * 1000 });
    return ticket;
  }

  /**
   * Uses a ticket up, whatever comes of it.
   * @returns the session's id, or undefined when the ticket is unknown, used, too old or another browser's
   */
  use(ticket: string, owner: string | undefined): string | undefined {
    const hash = sha256(ticket);
    const held = this.#held.get(hash);
    this.#held.delete(hash);
    return held && held.owner === owner && this.#now() < held.until ? held.session : undefined;
  }

  #forgetOld(): void {
    for (const [hash, held] of this.#held) {
      if (this.#now() < held.until) return;
      this.#held.delete(hash);
    }
  }
}
