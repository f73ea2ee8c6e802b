/** Docker's API of a reader's private engine, each connection an exec of sandbox/world/dial in the session. */
import Docker, { type Container, type DockerOptions } from 'dockerode';
import { Agent, type AgentOptions, type ClientRequest } from 'node:http';
import type { Duplex } from 'node:stream';
import { LIB } from '../world/shape.ts';
import { execStream } from './exec.ts';
import { paceOf } from './pace.ts';

/** The command that joins its standard input and output to the engine, which it neither wakes nor keeps awake. */
const DIAL = [`${LIB}/dial`];

/** Opens one connection to the engine in a container; for protocols that need the raw stream. */
export function dialEngine(container: Container, signal?: AbortSignal): Promise<Duplex> {
  return execStream(container, DIAL, { pace: paceOf(container), ...(signal ? { signal } : {}) });
}

class ExecAgent extends Agent {
  readonly #dial: (signal: AbortSignal) => Promise<Duplex>;
  readonly #over = new AbortController();

  constructor(dial: (signal: AbortSignal) => Promise<Duplex>, options: AgentOptions) {
    super(options);
    this.#dial = dial;
  }

  override createConnection(_options: unknown, done?: (error: Error | null, stream: Duplex) => void): undefined {
    const { signal } = this.#over;
    this.#dial(signal).then(
      (stream) => {
        if (!signal.aborted) return done?.(null, stream);
        stream.destroy();
        done?.(new Error('Nobody asks any more.'), undefined as never);
      },
      (error: unknown) => done?.(error instanceof Error ? error : new Error(String(error)), undefined as never),
    );
    return undefined;
  }

  /** Connections that are still being made are given up too: node:http would keep them. */
  override destroy(): void {
    this.#over.abort();
    super.destroy();
  }

  // A pipe to a process has neither TCP keep-alive nor a reference to hold back. Of the two listeners that Node 24.21 adds with each request it
  // takes off one: they would pile up.
  override keepSocketAlive(stream: Duplex): boolean {
    stream.removeAllListeners('error');
    return true;
  }

  /** It may have ended meanwhile: who asked is told, so that they may ask again. */
  override reuseSocket(_stream: Duplex, request: ClientRequest): void {
    request.reusedSocket = true;
  }
}

/**
 * Connections to the engine in a container, for node:http. They are made when needed, some 60 ms each, and kept until `destroy`.
 * @param container the session's container on the host
 */
export function engineAgent(container: Container): Agent {
  return new ExecAgent((signal) => dialEngine(container, signal), {
    keepAlive: true,
    maxSockets: 4,
    maxFreeSockets: 1,
  });
}

export type EngineClient = Disposable & { docker: Docker };

/**
 * A client of the engine in a container. It takes answers whole, whatever their size: not for an engine that a reader has had their hands on.
 * @param container the session's container on the host
 */
export function engineClient(container: Container): EngineClient {
  const agent = engineAgent(container);
  // docker-modem passes the agent on to node:http; its types do not say so.
  const options: DockerOptions & { agent: Agent } = { host: 'engine', port: 80, protocol: 'http', agent };
  return { docker: new Docker(options), [Symbol.dispose]: () => agent.destroy() };
}
