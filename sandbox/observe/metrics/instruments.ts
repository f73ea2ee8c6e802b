/**
 * What metrics are made of. Counting adds to a plain number and nothing else; what a scrape is told is put together when it comes.
 * Labels are of closed sets, and every case is there from the start, at 0, so that its first step is seen as one.
 */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

export type Named = { readonly name: string; readonly help: string };

/** Counts one thing. */
export class Tally {
  #sum = 0;

  constructor(registry: Registry, named: Named) {
    const sum = () => this.#sum;
    new Counter({
      ...named,
      registers: [registry],
      collect() {
        this.reset();
        this.inc(sum());
      },
    });
  }

  add(by = 1): void {
    this.#sum += by;
  }
}

/** Counts each of a closed set of cases. */
export class Cases<C extends string> {
  readonly #sums: Map<C, number>;

  /** @param of the label's name */
  constructor(registry: Registry, named: Named, of: string, cases: readonly C[]) {
    this.#sums = new Map(cases.map((one) => [one, 0]));
    const sums = this.#sums;
    new Counter({
      ...named,
      labelNames: [of],
      registers: [registry],
      collect() {
        this.reset();
        for (const [one, sum] of sums) this.inc({ [of]: one }, sum);
      },
    });
  }

  /** A case that is not of the set is not counted: nobody can make a series of their own. */
  add(one: C, by = 1): void {
    const sum = this.#sums.get(one);
    if (sum !== undefined) this.#sums.set(one, sum + by);
  }
}

/** How long something took. */
export class Duration {
  readonly #histogram: Histogram;

  /** @param buckets upper bounds in seconds */
  constructor(registry: Registry, named: Named, buckets: readonly number[]) {
    this.#histogram = new Histogram({ ...named, buckets: [...buckets], registers: [registry] });
  }

  /** @param ms milliseconds it took */
  took(ms: number): void {
    this.#histogram.observe(Math.max(0, ms) / 1_000);
  }
}

/** What is so now, read when a scrape comes. */
export function gauge(registry: Registry, named: Named, read: () => number): void {
  new Gauge({
    ...named,
    registers: [registry],
    collect() {
      this.set(read());
    },
  });
}

/** The same for each of a closed set of cases. @param of the label's name */
export function gauges<C extends string>(
  registry: Registry,
  named: Named,
  of: string,
  read: () => Readonly<Record<C, number>>,
): void {
  new Gauge({
    ...named,
    labelNames: [of],
    registers: [registry],
    collect() {
      this.reset();
      for (const [one, value] of Object.entries<number>(read())) this.set({ [of]: one }, value);
    },
  });
}
