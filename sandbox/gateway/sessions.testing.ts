/** For tests: sessions in memory, each with a holder that echoes, behind the same interface as the real ones. */
import { duplexPair, type Duplex } from 'node:stream';
import type { EngineState } from '../protocol/messages.ts';
import type { ProblemCode } from '../protocol/problems.ts';
import type { GatewaySession, GatewaySessions } from './ports.ts';

const EPOCH = '0123456789abcdef';

export class TestSessions implements GatewaySessions {
  readonly all = new Map<string, TestSession>();
  claims: { owner: string; address: string }[] = [];
  /** Thrown by the next claims. */
  failure: Error | undefined;
  /** Waited for by every claim. */
  before: Promise<void> = Promise.resolve();
  readonly #why = new Map<string, ProblemCode>();

  async claim(owner: string, address: string) {
    this.claims.push({ owner, address });
    await this.before;
    if (this.failure) throw this.failure;
    const old = this.ofOwner(owner);
    if (old) return { session: old, fresh: false };
    this.#why.delete(owner);
    const session = new TestSession(`s${this.claims.length}`, owner);
    this.all.set(session.id, session);
    return { session, fresh: true };
  }

  whyEnded(owner: string): ProblemCode | undefined {
    return this.#why.get(owner);
  }

  get(id: string): TestSession | undefined {
    return this.all.get(id);
  }

  /** @throws Error when there is no such session */
  the(id: string): TestSession {
    const session = this.all.get(id);
    if (!session) throw new Error(`no session ${id}`);
    return session;
  }

  ofOwner(owner: string): TestSession | undefined {
    return [...this.all.values()].find((session) => session.owner === owner);
  }

  /** Owners that have left the line. */
  left: string[] = [];

  leaveLine(owner: string): void {
    this.left.push(owner);
  }

  async end(id: string, why: ProblemCode): Promise<void> {
    const session = this.all.get(id);
    this.all.delete(id);
    if (session) this.#why.set(session.owner, why);
    for (const listener of session?.ended ?? []) listener(why);
    await Promise.resolve();
  }
}

export class TestSession implements GatewaySession {
  readonly id: string;
  readonly owner: string;
  readonly ended = new Set<(why: ProblemCode) => void>();
  readonly holders: TestHolder[] = [];
  leases = 0;
  /** Set for a session that has ended a moment ago. */
  over: ProblemCode | undefined;
  /** What opening the shell gives next; left out, a holder that echoes. */
  opening: ((signal: AbortSignal) => Promise<Duplex>) | undefined;
  readonly #engineListeners = new Set<() => void>();
  #engine: EngineState = 'starting';

  constructor(id: string, owner: string) {
    this.id = id;
    this.owner = owner;
  }

  get listeners(): number {
    return this.ended.size + this.#engineListeners.size + this.usageListeners.size;
  }

  get engine() {
    return {
      state: this.#engine,
      onState: (listener: () => void) => {
        this.#engineListeners.add(listener);
        return () => void this.#engineListeners.delete(listener);
      },
    };
  }

  setEngine(state: EngineState): void {
    this.#engine = state;
    for (const listener of this.#engineListeners) listener();
  }

  openShell(signal: AbortSignal): Promise<Duplex> {
    if (this.opening) return this.opening(signal);
    const [near, far] = duplexPair();
    this.holders.push(new TestHolder(far));
    return Promise.resolve(near);
  }

  readonly usageListeners = new Set<() => void>();
  extensions = 0;
  /** How often it was told that somebody is there. */
  signs = 0;

  active(): void {
    this.signs++;
  }

  files(): Promise<Buffer> {
    return Promise.resolve(Buffer.from(`files of ${this.id}`));
  }

  get usage() {
    return {
      now: { time: { leftMs: 3_600_000 + this.extensions * 60_000, extendMs: 60_000 } },
      onChange: (listener: () => void) => {
        this.usageListeners.add(listener);
        return () => void this.usageListeners.delete(listener);
      },
    };
  }

  extend(): void {
    this.extensions++;
    for (const listener of this.usageListeners) listener();
  }

  lease(): Disposable {
    this.leases++;
    return { [Symbol.dispose]: () => (this.leases -= 1) };
  }

  onEnded(listener: (why: ProblemCode) => void): () => void {
    if (this.over) listener(this.over);
    this.ended.add(listener);
    return () => void this.ended.delete(listener);
  }
}

/** The far end of an attachment: answers attach, echoes input, keeps what it was told. */
export class TestHolder {
  readonly stream: Duplex;
  readonly seen: { kind: string; payload: Buffer }[] = [];
  #rest = Buffer.alloc(0);
  #offset = 0;
  #taken = 0;

  constructor(stream: Duplex) {
    this.stream = stream;
    stream.on('data', (chunk: Buffer) => this.#read(chunk));
    stream.on('error', () => undefined);
  }

  /** From now on it takes nothing in. */
  stopReading(): void {
    this.stream.pause();
  }

  print(bytes: string | Buffer): boolean {
    const offset = Buffer.alloc(8);
    offset.writeBigUInt64BE(BigInt(this.#offset));
    const data = Buffer.from(bytes);
    this.#offset += data.byteLength;
    return this.#write('o', Buffer.concat([offset, data]));
  }

  #read(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    while (this.#rest.byteLength >= 5 && this.#rest.byteLength >= 5 + this.#rest.readUInt32BE(1)) {
      const end = 5 + this.#rest.readUInt32BE(1);
      const kind = this.#rest.toString('latin1', 0, 1);
      const payload = this.#rest.subarray(5, end);
      this.#rest = this.#rest.subarray(end);
      this.seen.push({ kind, payload });
      this.#answer(kind, payload);
    }
  }

  #answer(kind: string, payload: Buffer): void {
    if (kind === 'A') this.#write('a', Buffer.concat([Buffer.from(EPOCH, 'hex'), Buffer.alloc(16)]));
    if (kind !== 'I') return;
    this.#taken += payload.byteLength;
    const taken = Buffer.alloc(8);
    taken.writeBigUInt64BE(BigInt(this.#taken));
    this.#write('t', taken);
    this.print(payload);
  }

  #write(kind: string, payload: Buffer): boolean {
    const head = Buffer.alloc(5);
    head.write(kind, 'latin1');
    head.writeUInt32BE(payload.byteLength, 1);
    return this.stream.write(Buffer.concat([head, payload]));
  }
}
