/** A page's surroundings for tests: the real network, and a screen that records. */
import type { Sink } from './attachment.ts';
import type { ProblemBody } from '../../../sandbox/protocol/problems.ts';
import type { Usage } from '../../../sandbox/protocol/usage.ts';
import { Connection } from './connection.ts';
import type { Evidence } from './evidence.ts';
import type { Peer } from './peer.testing.ts';
import type { Platform } from './platform.ts';
import type { State } from './state.ts';

/** Reaches `peer` over loopback with real timers; `wake` is the network coming back. */
export class LoopbackPage {
  readonly platform: Platform;
  #wakers = new Set<() => void>();
  #leavers = new Set<() => void>();

  constructor(origin: string, changes: Partial<Platform> = {}) {
    this.platform = {
      fetch: (path, init) => fetch(new URL(path as string, origin), init),
      socket: (path, protocols) => new WebSocket(new URL(path, origin.replace('http', 'ws')), protocols),
      after: (ms, run) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
      now: () => Date.now(),
      random: () => 0.5,
      visible: () => true,
      onWake: (listener) => {
        this.#wakers.add(listener);
        return () => this.#wakers.delete(listener);
      },
      onLeave: (listener) => {
        this.#leavers.add(listener);
        return () => this.#leavers.delete(listener);
      },
      ...changes,
    };
  }

  leave(): void {
    for (const listener of this.#leavers) listener();
  }

  wake(): void {
    for (const listener of this.#wakers) listener();
  }
}

/** Parses a little later than it is given, as a terminal does. */
export class RecordingSink implements Sink {
  shown = Buffer.alloc(0);
  cleared = 0;
  lost = 0;
  /** Holds parsing back while set. */
  stalled = false;
  #held: (() => void)[] = [];

  write(bytes: Uint8Array, parsed: () => void): void {
    const copy = Buffer.from(bytes);
    this.#later(() => {
      this.shown = Buffer.concat([this.shown, copy]);
      parsed();
    });
  }

  clear(): void {
    this.#later(() => {
      this.shown = Buffer.alloc(0);
      this.cleared += 1;
    });
  }

  skipped(bytes: number, parsed: () => void): void {
    this.#later(() => {
      this.lost += bytes;
      parsed();
    });
  }

  size(): { cols: number; rows: number } {
    return { cols: 80, rows: 24 };
  }

  unstall(): void {
    this.stalled = false;
    for (const run of this.#held.splice(0)) run();
  }

  #later(run: () => void): void {
    setTimeout(() => (this.stalled ? this.#held.push(run) : run()), 0);
  }
}

export type Opened = {
  page: LoopbackPage;
  sink: RecordingSink;
  connection: Connection;
  states: State[];
  replaced: boolean[];
  engines: (string | undefined)[];
  usages: (Usage | undefined)[];
  problems: ProblemBody[];
  refused: number[];
  evidence: Evidence[];
};

/** A connection to `peer` and everything it tells, not yet connected. */
export function open(peer: Peer, changes: Partial<Platform> = {}): Opened & Disposable {
  const page = new LoopbackPage(peer.origin, changes);
  const sink = new RecordingSink();
  const states: State[] = [];
  const replaced: boolean[] = [];
  const engines: (string | undefined)[] = [];
  const usages: (Usage | undefined)[] = [];
  const problems: ProblemBody[] = [];
  const refused: number[] = [];
  const evidence: Evidence[] = [];
  const connection = new Connection(page.platform, sink, {
    state: (state) => states.push(state),
    engine: (state) => engines.push(state),
    usage: (usage) => usages.push(usage),
    problem: (problem) => problems.push(problem),
    session: (_session, isReplaced) => replaced.push(isReplaced),
    refused: (bytes) => refused.push(bytes),
    evidence: (told) => evidence.push(told),
  });
  return {
    page,
    sink,
    connection,
    states,
    replaced,
    engines,
    usages,
    problems,
    refused,
    evidence,
    [Symbol.dispose]: () => connection.dispose(),
  };
}
