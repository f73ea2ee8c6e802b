/** What the gateway needs of the other rooms, and nothing more: it knows no Docker, no holder and no session's inside. */
import type { Duplex } from 'node:stream';
import type { Check } from '../protocol/checks.ts';
import type { EngineState, Prepare, ServerMessage } from '../protocol/messages.ts';
import type { Usage } from '../protocol/usage.ts';
import type { Problem, ProblemCode } from '../protocol/problems.ts';

/** One reader's stay. */
export type GatewaySession = {
  readonly id: string;
  /** Opens the way to the shell's holder; `signal` gives up waiting. */
  openShell(signal: AbortSignal): Promise<Duplex>;
  /** Held while a socket is attached: idling is counted from the last release. */
  lease(): Disposable;
  readonly engine: { readonly state: EngineState; onState(listener: () => void): () => void };
  readonly usage: { readonly now: Usage; onChange(listener: () => void): () => void };
  /** Puts the end of its time off, as far as that goes. */
  extend(): void;
  /** The reader is there, or something of theirs runs: being idle begins anew. */
  active(): void;
  /** The reader's files, a gzipped tar archive. @throws Problem when they cannot be had */
  files(signal: AbortSignal): Promise<Buffer>;
  /** Calls back once, when the session has ended; at once if it has. Gives what takes the listener off again. */
  onEnded(listener: (why: ProblemCode) => void): () => void;
};

export type GatewaySessions = {
  /** `fresh`: they had none. `warm`: it was kept ready. @throws Problem when there can be none now */
  claim(owner: string, address: string): Promise<{ session: GatewaySession; fresh: boolean; warm?: boolean }>;
  get(id: string): GatewaySession | undefined;
  ofOwner(owner: string): GatewaySession | undefined;
  /** Why the owner's last session ended, as far as that is remembered. */
  whyEnded?(owner: string): ProblemCode | undefined;
  end(id: string, why: ProblemCode): Promise<void>;
  /** The owner does not wait for a session any more. */
  leaveLine(owner: string): void;
};

/** Whether readers can have a session at this moment, and if not, why. */
export type Availability =
  | { readonly mode: 'live'; readonly sessions: GatewaySessions; readonly standIn: boolean }
  | { readonly mode: 'recorded'; readonly problem: Problem };

export type ShellPort = Disposable & {
  attach(options: { cols: number; rows: number; resume?: { epoch: string; from: number } | undefined }): void;
  /** @throws RangeError when the client did not keep to the input window */
  input(bytes: Uint8Array): void;
  resize(size: { cols: number; rows: number }): void;
  ack(offset: number): void;
  pause(): void;
  resume(): void;
};

export type ShellListener = {
  attached(at: { epoch: string; start: number; end: number }): void;
  output(frame: Buffer): void;
  taken(bytes: number): void;
  gap(offset: number): void;
  closed(error?: Error): void;
};

/** Makes a shell's attachment of the stream to its holder. */
export type MakeShell = (stream: Duplex, listener: ShellListener) => ShellPort;

/** What one connection asks of its reader's images, builds and files. Answers come by the outlet; disposing of it stops all. */
export type EvidencePort = Disposable & {
  watch(checks: readonly Check[]): void;
  layers(ask: number, image: string): Promise<void>;
  prepare(message: Prepare): Promise<void>;
};

export type EvidenceOutlet = { answer(message: ServerMessage): void; news(message: ServerMessage): void };

export type OpenEvidence = (session: GatewaySession, outlet: EvidenceOutlet) => EvidencePort;
