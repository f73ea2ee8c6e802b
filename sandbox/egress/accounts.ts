/** What each session has sent and received, and whose an address of the proxy's is. */
import { Sum } from './counters.ts';

export type Meter = { readonly used: number; readonly of: number };

type Account = {
  readonly network: string;
  /** The proxy's on this session's network; undefined once that way is closed. */
  address: string | undefined;
  readonly sum: Sum;
  used: number;
  /** What was told last. */
  told: number;
};

/** News smaller than this part of what a session may have is not told. */
const STEP = 1 / 256;

export class Accounts {
  readonly #limit: number;
  readonly #bySession = new Map<string, Account>();
  /** By address, who had it from when: addresses are given again, and a tunnel is logged when it has ended. */
  readonly #holders = new Map<string, { id: string; since: number }[]>();

  /** @param limit bytes a session may send and receive in all */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @param address left out: its way is closed already, for nothing else closes one */
  begin(id: string, network: string, address: string | undefined, now: number): void {
    const used = address === undefined ? this.#limit : 0;
    this.#bySession.set(id, { network, address, sum: new Sum(), used, told: used });
    if (address === undefined) return;
    const holders = this.#holders.get(address) ?? [];
    this.#holders.set(address, [...holders.slice(-3), { id, since: now }]);
  }

  get empty(): boolean {
    return this.#bySession.size === 0;
  }

  end(id: string): void {
    this.#bySession.delete(id);
  }

  /** Notes that a session's way is closed. @returns what is to be closed */
  close(id: string): { network: string; address: string } | undefined {
    const account = this.#bySession.get(id);
    if (!account?.address) return undefined;
    const { network, address } = account;
    account.address = undefined;
    return { network, address };
  }

  /** Whether a network's way was closed. */
  isClosed(network: string): boolean {
    return [...this.#bySession.values()].some((one) => one.network === network && one.address === undefined);
  }

  meter(id: string): Meter | undefined {
    const account = this.#bySession.get(id);
    return account && { used: account.used, of: this.#limit };
  }

  /** Takes counters by address. @returns those of whom there is news; `full`: used all they may */
  count(counters: ReadonlyMap<string, number>): { id: string; full: boolean }[] {
    const news = [];
    for (const [id, account] of this.#bySession) {
      const counter = account.address === undefined ? undefined : counters.get(account.address);
      if (counter === undefined) continue;
      account.used = account.sum.take(counter);
      const full = account.used >= this.#limit;
      if (!full && account.used - account.told < this.#limit * STEP) continue;
      account.told = account.used;
      news.push({ id, full });
    }
    return news;
  }

  /** Whose an address of the proxy's was at a time, in milliseconds since 1970. */
  holder(address: string, at: number): string | undefined {
    return this.#holders.get(address)?.findLast(({ since }) => since <= at)?.id;
  }
}
