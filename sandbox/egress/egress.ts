/** What sessions reach of the network. With a list: by one proxy for all, each over a network of its own that leads nowhere else. */
import type Docker from 'dockerode';
import { setTimeout as wait } from 'node:timers/promises';
import type { Config } from '../config/config.ts';
import type { Events } from '../observe/events.ts';
import { Accounts, type Meter } from './accounts.ts';
import type { ProxyNeeds } from './container.ts';
import { followCounters, followRequests } from './follow.ts';
import { addresses, ensureProxy, joinNetwork, leaveNetwork, proxyUrl, removeProxy } from './proxy.ts';
import type { Request } from './request-line.ts';
import { closeOff, endConnections, networksOfSessions, sealNetwork, type SessionNetwork } from './walls.ts';

export type EgressNeeds = ProxyNeeds & {
  docker: Docker;
  mode: Config['egress']['mode'];
  /** Bytes a session may send and receive in all. */
  limit: number;
  log: Pick<Events, 'egressRequest' | 'egressDenied' | 'egressLost' | 'egressClosed'>;
};

/** What the session room needs of this one. */
export type SessionEgress = Pick<Egress, 'mode' | 'join' | 'seal' | 'forget' | 'meter' | 'onMeter'>;

const AGAIN_MS = 500;

export class Egress implements AsyncDisposable {
  readonly mode: EgressNeeds['mode'];
  readonly #needs: EgressNeeds;
  readonly #accounts: Accounts;
  readonly #closing = new AbortController();
  readonly #listeners = new Set<(id: string, meter: Meter) => void>();
  #proxy: Promise<Docker.Container> | undefined;
  #following: Promise<unknown> = Promise.resolve();

  private constructor(needs: EgressNeeds) {
    this.mode = needs.mode;
    this.#needs = needs;
    this.#accounts = new Accounts(needs.limit);
  }

  /**
   * Puts the walls where the mode has them. Sessions made under a mode that let them reach more lose their network and keep their shells and
   * files; others keep what they have. The proxy is made meanwhile: only who joins waits for it.
   * @throws what dockerode throws
   */
  static async open(needs: EgressNeeds): Promise<Egress> {
    const egress = new Egress(needs);
    const { docker, instance, mode } = needs;
    const networks = await networksOfSessions(docker, instance);
    for (const network of networks) if (reachesMore(network.mode, mode)) await closeOff(docker, instance, network);
    const listed = networks.filter((network) => network.mode === 'list');
    if (mode === 'list' || (mode === 'open' && listed.length > 0)) egress.#begin(listed);
    else await removeProxy(docker, instance);
    return egress;
  }

  /**
   * Leads a new session's network to the proxy.
   * @returns the proxy's address, as sessions' programs are told it; undefined where there is none
   * @throws what dockerode throws
   */
  async join(id: string, network: string): Promise<string | undefined> {
    if (this.mode !== 'list') return undefined;
    await this.#ensure();
    const address = await joinNetwork(this.#needs.docker, this.#needs.instance, network);
    this.#accounts.begin(id, network, address, Date.now());
    return proxyUrl(address);
  }

  /**
   * Closes all else of a session's network, before anybody has the session.
   * @throws when it cannot be done
   */
  async seal(session: Docker.Container, network: string): Promise<void> {
    if (this.mode !== 'open') await sealNetwork(this.#needs.docker, session, network);
  }

  /** A session is over. */
  forget(id: string): void {
    this.#accounts.end(id);
  }

  /** What a session has sent and received, where that is known. */
  meter(id: string): Meter | undefined {
    return this.#accounts.meter(id);
  }

  /** Calls back whenever a session has used a good deal more. */
  onMeter(listener: (id: string, meter: Meter) => void): void {
    this.#listeners.add(listener);
  }

  /** Lets go of the proxy, which stays for the sessions there are; where there are none, it goes. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled([this.#proxy, this.#following]);
    if (this.#proxy && this.#accounts.empty) await removeProxy(this.#needs.docker, this.#needs.instance);
  }

  #begin(listed: readonly SessionNetwork[]): void {
    const { docker, instance } = this.#needs;
    const begun = async () => {
      const proxy = await ensureProxy(docker, this.#needs);
      const joined = await addresses(docker, instance);
      // Nothing but a used-up quota takes the proxy off a session's network.
      for (const { session, name } of listed) {
        this.#accounts.begin(session, name, joined.get(name), 0);
        this.#tell(session);
      }
      return proxy;
    };
    this.#proxy = begun();
    let since = Date.now();
    this.#following = Promise.all([
      this.#keep((proxy, signal) => followCounters(proxy, (counters) => this.#count(counters), signal)),
      this.#keep((proxy, signal) => {
        const record = (request: Request) => {
          since = Math.max(since, request.began + request.ms + 1);
          this.#record(request);
        };
        return followRequests(proxy, since / 1000, record, signal);
      }),
    ]);
  }

  /** The proxy, made or started again where it is not as it should be. */
  async #ensure(): Promise<Docker.Container> {
    const before = this.#proxy;
    const again = (async () => {
      await before?.catch(() => undefined);
      return ensureProxy(this.#needs.docker, this.#needs, (network) => this.#accounts.isClosed(network));
    })();
    this.#proxy = again;
    return again;
  }

  /** Does what ends with the proxy, again and again: it is started again when it ends. */
  async #keep(work: (proxy: Docker.Container, signal: AbortSignal) => Promise<void>): Promise<void> {
    const { signal } = this.#closing;
    const over = () => signal.aborted;
    let told = false;
    for (let first = true; !over(); first = false) {
      try {
        const proxy = first ? await this.#proxy : undefined;
        await work(proxy ?? (await this.#ensure()), signal);
        told = false;
      } catch (error) {
        if (!over() && !told) this.#needs.log.egressLost({ error });
        told = true;
      }
      await wait(AGAIN_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  async #count(counters: ReadonlyMap<string, number>): Promise<void> {
    for (const { id, full } of this.#accounts.count(counters)) {
      this.#tell(id);
      if (full) await this.#close(id);
    }
  }

  #tell(id: string): void {
    const meter = this.#accounts.meter(id);
    if (meter) for (const listener of this.#listeners) listener(id, meter);
  }

  async #close(id: string): Promise<void> {
    const way = this.#accounts.close(id);
    if (!way) return;
    const { docker, instance, log } = this.#needs;
    log.egressClosed({ session: id });
    await endConnections(docker, instance, id, way.address).catch((error: unknown) => log.egressLost({ error }));
    await leaveNetwork(docker, instance, way.network);
  }

  #record(request: Request): void {
    const { address, began, ...rest } = request;
    const session = this.#accounts.holder(address, began) ?? '-';
    this.#needs.log.egressRequest({ session, ...rest });
    if (request.status === 403) this.#needs.log.egressDenied(1);
  }
}

const WIDTH = { none: 0, list: 1, open: 2 };

function reachesMore(had: EgressNeeds['mode'], may: EgressNeeds['mode']): boolean {
  return WIDTH[had] > WIDTH[may];
}
