/** Whether there is a sandbox: keeps looking for a host until there is one, then keeps asking whether it still answers. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Availability } from './gateway/ports.ts';
import type { Connected, Host } from './host/connect.ts';
import type { Events } from './observe/events.ts';
import { nobody, type Census } from './observe/readings.ts';
import { Problem } from './protocol/problems.ts';
import type { Session } from './session/session.ts';
import type { Sessions } from './session/sessions.ts';

export type HostWatchNeeds = {
  connect: () => Promise<Connected>;
  /** Finds the sessions on a host that was just connected. */
  openSessions: (host: Host) => Promise<Sessions>;
  events: Events;
  /** Milliseconds between two looks. */
  everyMs: number;
};

/** A host that takes longer than this to answer a ping counts as gone. */
const PING_WITHIN_MS = 15_000;

/** What dockerode's ping takes; its type declarations leave the options out. */
type Pingable = { ping(options: { abortSignal: AbortSignal }): Promise<unknown> };

export class HostWatch implements AsyncDisposable {
  readonly #needs: HostWatchNeeds;
  readonly #stop = new AbortController();
  readonly #first = Promise.withResolvers<undefined>();
  readonly #watching: Promise<void>;
  #live: { host: Host; sessions: Sessions } | undefined;
  #problem: Problem | undefined = new Problem('host-missing', 'It is being looked for.');

  /** Begins to look. */
  constructor(needs: HostWatchNeeds) {
    this.#needs = needs;
    this.#watching = this.#watch();
  }

  /** Resolves after the first look, whatever was seen. */
  get looked(): Promise<unknown> {
    return this.#first.promise;
  }

  get current(): Availability {
    if (this.#problem) return { mode: 'recorded', problem: this.#problem };
    if (!this.#live) throw new Error('neither a host nor a reason');
    return { mode: 'live', sessions: this.#live.sessions, standIn: this.#live.host.standIn };
  }

  /** Who is on the host, as far as it was seen. */
  get census(): Census {
    return this.#live?.sessions.census ?? nobody;
  }

  /**
   * A session on the host, for rooms that look inside.
   * @throws Problem session-ended when there is none of that id any more
   */
  session(id: string): Session {
    const session = this.#live?.sessions.get(id);
    if (!session) throw new Problem('session-ended');
    return session;
  }

  /** Stops looking and lets go of the sessions, which live on. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#watching;
    await this.#live?.sessions[Symbol.asyncDispose]();
  }

  async #watch(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      if (this.#live) await this.#ping(this.#live.host);
      else await this.#look();
      this.#first.resolve(undefined);
      await wait(this.#needs.everyMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  async #look(): Promise<void> {
    const { connect, openSessions, events } = this.#needs;
    const before = this.#problem?.message;
    try {
      const connected = await connect();
      if (!connected.ok) {
        const { problem, reasons } = connected;
        this.#problem = new Problem(problem.code, reasons.join('\n') || problem.detail);
        if (this.#problem.message !== before) events.hostMissing({ code: problem.code, reasons });
        return;
      }
      const { host } = connected;
      this.#live = { host, sessions: await openSessions(host) };
      this.#problem = undefined;
      events.hostConnected({ kind: host.kind, rootless: host.rootless, standIn: host.standIn });
    } catch (error) {
      this.#problem = new Problem('host-missing', 'It was found, but it does not work.');
      if (this.#problem.message !== before) events.hostLost({ error });
    }
  }

  async #ping(host: Host): Promise<void> {
    try {
      const abortSignal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(PING_WITHIN_MS)]);
      await (host.docker as unknown as Pingable).ping({ abortSignal });
      if (this.#problem) this.#needs.events.hostAnswersAgain();
      this.#problem = undefined;
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      if (!this.#problem) this.#needs.events.hostLost({ error });
      this.#problem = new Problem('host-missing', 'It does not answer.');
    }
  }
}
