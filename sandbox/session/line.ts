/** Who waits for a session while the host is full, first come, first served. Kept by asking again; forgotten with the process. */

/** One more does not get a place, and is only told that the host is full. */
const MOST = 2_000;
/** A page in the background is held back by its browser to about a minute: so long its place is kept, though others pass. */
const KEEP_MS = 90_000;
const PACE_MS = { least: 5_000, perPlace: 2_000, most: 60_000 } as const;

/** `since` they first asked; `asked` last; `due` to ask again. */
type Waiting = Readonly<{ address: string; since: number; asked: number; due: number }>;

export class Line {
  /** In the order of the line. */
  readonly #waiting = new Map<string, Waiting>();
  readonly #now: () => number;
  readonly #perAddress: number;
  readonly #served: (ms: number) => void;

  /**
   * @param now milliseconds
   * @param perAddress so many of one address may wait
   * @param served told how long one waited whose turn has come
   */
  constructor(now: () => number, perAddress: number, served: (ms: number) => void = () => undefined) {
    this.#now = now;
    this.#perAddress = perAddress;
    this.#served = served;
  }

  get length(): number {
    this.#forget();
    return this.#waiting.size;
  }

  /**
   * Asks for a turn, and takes or keeps a place when it has not come.
   * @param free how many sessions could be had now
   * @returns the place, 1 being next, or none where too many wait already; undefined when it is this owner's turn, who waits no longer
   */
  ask(owner: string, address: string, free: number): { place?: number } | undefined {
    this.#forget();
    const now = this.#now();
    const was = this.#waiting.get(owner);
    const mine = [...this.#waiting.keys()].indexOf(owner);
    const before = [...this.#waiting.values()].slice(0, mine < 0 ? undefined : mine);
    // One who should have asked by now lets others pass.
    const ahead = before.filter(({ due }) => due >= now).length;
    if (ahead < free) {
      if (was) this.#served(now - was.since);
      this.#waiting.delete(owner);
      return undefined;
    }
    if (mine < 0 && this.#tooMany(address)) return {};
    const place = ahead + 1;
    // Set again, it keeps its place in the map.
    this.#waiting.set(owner, {
      address,
      since: was?.since ?? now,
      asked: now,
      due: now + 2 * paceMs(place) + PACE_MS.least,
    });
    return { place };
  }

  leave(owner: string): void {
    this.#waiting.delete(owner);
  }

  #tooMany(address: string): boolean {
    if (this.#waiting.size >= MOST) return true;
    return [...this.#waiting.values()].filter((one) => one.address === address).length >= this.#perAddress;
  }

  #forget(): void {
    const now = this.#now();
    for (const [owner, { asked }] of this.#waiting) if (now - asked > KEEP_MS) this.#waiting.delete(owner);
  }
}

/** Milliseconds after which one at a place should ask again: soon where it matters, and all together not too often. */
export function paceMs(place: number): number {
  return Math.min(PACE_MS.most, Math.max(PACE_MS.least, PACE_MS.perPlace * place));
}
