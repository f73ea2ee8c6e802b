/** How often one address may ask: a bucket of tokens for each, filled at a steady rate, in bounded memory. */

type Bucket = { tokens: number; at: number };

export type Rate = Readonly<{
  /** Requests an address may make at once after a pause. */
  burst: number;
  /** Requests a second in the long run. */
  perSecond: number;
  /** Addresses remembered; beyond them the one that asked longest ago is forgotten. */
  addresses: number;
}>;

export class RequestRate {
  readonly #buckets = new Map<string, Bucket>();
  readonly #now: () => number;
  readonly #rate: Rate;

  /** @param now milliseconds of a clock that only goes forward */
  constructor(now: () => number, rate: Rate) {
    this.#now = now;
    this.#rate = rate;
  }

  get size(): number {
    return this.#buckets.size;
  }

  /**
   * Counts a request.
   * @returns 0 when it may go on, else whole seconds until the next may
   */
  take(address: string): number {
    const now = this.#now();
    const { burst, perSecond, addresses } = this.#rate;
    const old = this.#buckets.get(address);
    const tokens = old ? Math.min(burst, old.tokens + ((now - old.at) / 1000) * perSecond) : burst;
    const allowed = tokens >= 1;
    this.#buckets.delete(address);
    this.#buckets.set(address, { tokens: allowed ? tokens - 1 : tokens, at: now });
    const oldest = this.#buckets.keys().next().value;
    if (this.#buckets.size > addresses && oldest !== undefined) this.#buckets.delete(oldest);
    return allowed ? 0 : Math.max(1, Math.ceil((1 - tokens) / perSecond));
  }
}
