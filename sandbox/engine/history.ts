/** BuildKit's history of builds and their progress, over gRPC: moby/buildkit v0.13, api/services/control/control.proto. */
import type { EngineRpc } from './rpc.ts';
import { stringField, type WireMessage } from './wire.ts';

const CONTROL = '/moby.buildkit.v1.Control';
const DELETED = 2;
const VERTICES_MOST = 400;
/** Bytes of a name or an error that are read: more than is ever shown. Who tells is the reader's own process, and what is told is kept. */
const TEXT_MOST = 2_000;
const REF_MOST = 100;
const DIGEST_MOST = 80;
const INPUTS_MOST = 64;

export type BuildRecord = {
  ref: string;
  /** The Dockerfile's name without its folder. */
  filename: string;
  target: string | undefined;
  /** Milliseconds since the epoch. */
  createdAt: number;
  completedAt: number | undefined;
  error: string | undefined;
};

/** A step of a build at one moment. */
export type Vertex = {
  digest: string;
  inputs: string[];
  name: string;
  cached: boolean;
  started: number | undefined;
  completed: number | undefined;
  error: string;
};

/**
 * Gives the builds there were, those under way, and from then on each that begins or ends.
 * @throws what EngineRpc.call throws
 */
export async function* buildRecords(
  rpc: EngineRpc,
  signal: AbortSignal,
  begun: () => void,
): AsyncGenerator<BuildRecord> {
  for await (const event of rpc.call(`${CONTROL}/ListenBuildHistory`, Buffer.alloc(0), signal, begun)) {
    const record = event.message(2);
    if (event.number(1) !== DELETED && record) yield recordOf(record);
  }
}

/**
 * Gives a build's steps as they change, until it ends; all of them at once when it has ended.
 * @throws what EngineRpc.call throws
 */
export async function* buildVertices(rpc: EngineRpc, ref: string, signal: AbortSignal): AsyncGenerator<Vertex[]> {
  for await (const status of rpc.call(`${CONTROL}/Status`, stringField(1, ref), signal)) {
    const vertices = status.messages(1, VERTICES_MOST);
    if (vertices.length > 0) yield vertices.map(vertexOf);
  }
}

function recordOf(record: WireMessage): BuildRecord {
  const attributes = record.map(3, TEXT_MOST);
  const error = record.message(5);
  return {
    ref: record.string(1, REF_MOST),
    filename: attributes.get('filename') ?? 'Dockerfile',
    target: attributes.get('target') || undefined,
    createdAt: record.time(6) ?? 0,
    completedAt: record.time(7),
    error: error && (error.string(2, TEXT_MOST) || 'failed'),
  };
}

function vertexOf(vertex: WireMessage): Vertex {
  return {
    digest: vertex.string(1, DIGEST_MOST),
    inputs: vertex.strings(2, INPUTS_MOST, DIGEST_MOST),
    name: vertex.string(3, TEXT_MOST),
    cached: vertex.bool(4),
    started: vertex.time(5),
    completed: vertex.time(6),
    error: vertex.string(7, TEXT_MOST),
  };
}
