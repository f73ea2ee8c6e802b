/** Evidence of what readers did, for every connection that asks: a desk for each session, shared by its connections. */
import type { Container } from 'dockerode';
import type { EngineView } from '../engine/view.ts';
import type { Events } from '../observe/events.ts';
import type { Check } from '../protocol/checks.ts';
import type { Prepare, ServerMessage } from '../protocol/messages.ts';
import type { Prepared } from './prepare/prepare.ts';
import { Desk, type WatchedSession } from './desk.ts';
import { Watcher } from './watcher.ts';

/** Where a connection's messages go. */
export type Outlet = {
  /** Sends an answer. */
  answer(message: ServerMessage): void;
  /** Sends news: of messages of a type that have not left yet, only the newest has to. */
  news(message: ServerMessage): void;
};

const BUSY = 'Your sandbox is being prepared already. Wait until that has ended.';

type Shared = { desk: Desk; connections: number };

export class Evidence {
  readonly #open: (container: Container) => EngineView;
  readonly #events: Pick<Events, 'prepared' | 'checksJudged'>;
  readonly #now: () => number;
  readonly #desks = new Map<string, Shared>();

  /**
   * @param open makes the view of an engine
   * @param now milliseconds of a clock that only goes forward
   */
  constructor(
    open: (container: Container) => EngineView,
    events: Pick<Events, 'prepared' | 'checksJudged'>,
    now: () => number,
  ) {
    this.#open = open;
    this.#events = events;
    this.#now = now;
  }

  /** For one connection of a session. Disposing of it stops all that it asked for. */
  connect(session: WatchedSession, outlet: Outlet): EvidenceConnection {
    const shared = this.#desks.get(session.id) ?? {
      desk: new Desk(session, this.#open(session.container), (results, ms) => this.#events.checksJudged(results, ms)),
      connections: 0,
    };
    this.#desks.set(session.id, shared);
    shared.connections++;
    const { desk } = shared;
    const events = this.#events;
    const now = this.#now;
    const watcher = new Watcher((message) => outlet.news(message));
    const over = new AbortController();
    const { signal } = over;
    return {
      watch: (checks) => {
        watcher.ask(checks);
        desk.watch(watcher);
      },
      layers: async (ask, image) => {
        const answer = await desk.layers(image, signal);
        if (!signal.aborted) outlet.answer({ type: 'layers', ask, ...answer });
      },
      prepare: async (message) => {
        const { ask } = message;
        const begun = now();
        // One that is under way is told of as news: how it ended is newer than how it stood.
        const tell = (at: Prepared) => {
          if (!signal.aborted) outlet.news({ type: 'prepared', ask, ...at });
        };
        const ended = await desk.prepare(message, tell, signal);
        if (ended) {
          tell(ended);
          events.prepared({ session: session.id, state: ended.state, ms: Math.round(now() - begun) });
        } else outlet.answer({ type: 'prepared', ask, state: 'failed', says: BUSY });
      },
      [Symbol.dispose]: () => {
        if (signal.aborted) return;
        over.abort();
        desk.leave(watcher);
        if (--shared.connections > 0) return;
        this.#desks.delete(session.id);
        desk[Symbol.dispose]();
      },
    };
  }
}

export type EvidenceConnection = Disposable & {
  watch(checks: readonly Check[]): void;
  layers(ask: number, image: string): Promise<void>;
  prepare(message: Prepare): Promise<void>;
};
