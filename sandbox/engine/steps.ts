/** A build's steps from what BuildKit says of its vertices. */
import { STEPS_MOST, type BuildStep } from '../protocol/evidence.ts';
import type { Vertex } from './history.ts';
import { shown } from './shown.ts';

const VERTICES_MOST = 400;
const SPANS_MOST = 64;
const INPUTS_MOST = 16;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** What BuildKit does of its own accord and is no part of what the Dockerfile says. */
const LEFT_OUT = /^\[(?:internal\] (?!load build context)|auth\])/;
/** `[builder 2/6] RUN make`, `[2/6] RUN make`, `[linux/arm64 stage-1 1/2] COPY …`. */
const STAGED = /^\[(?:[a-z0-9]+\/[a-z0-9]+(?:\/v\d+)? )?(?:(\S+) )?(\d+)\/\d+\] (.*)$/s;
/** BuildKit writes image names out, with docker.io where they have no registry. */
const FROM = /^FROM (?:docker\.io\/(?:library\/)?)?(?=\S)/;
const INTERNAL = /^\[internal\] /;
const GIVEN_UP = /context canceled/;

type Known = Vertex & { order: number; spans: Map<number, number | undefined> };

export class Steps {
  readonly #known = new Map<string, Known>();

  /** Takes news of some vertices; what is older than known is overwritten. */
  update(vertices: readonly Vertex[]): void {
    for (const vertex of vertices) {
      if (!DIGEST.test(vertex.digest)) continue;
      const known = this.#known.get(vertex.digest);
      if (!known && this.#known.size >= VERTICES_MOST) continue;
      const spans = known?.spans ?? new Map<number, number | undefined>();
      // A vertex may be worked on several times.
      if (vertex.started !== undefined && (spans.has(vertex.started) || spans.size < SPANS_MOST))
        spans.set(vertex.started, vertex.completed);
      this.#known.set(vertex.digest, {
        ...vertex,
        order: known?.order ?? this.#known.size,
        spans,
      });
    }
  }

  /**
   * The steps in the order they began, at most STEPS_MOST; inputs lead across those left out.
   * @param ended whether the build is over: what never began was not needed, because what follows came from the cache
   */
  list(ended: 'done' | 'failed' | undefined): BuildStep[] {
    const kept = [...this.#known.values()]
      .filter(({ name }) => !LEFT_OUT.test(name))
      .sort((a, b) => began(a) - began(b) || a.order - b.order)
      .slice(0, STEPS_MOST);
    const ids = new Set(kept.map(({ digest }) => digest));
    const steps = kept.map((vertex) => {
      const ms = spent(vertex);
      return {
        id: vertex.digest,
        ...named(vertex.name),
        inputs: this.#inputsOf(vertex, ids),
        state: stateOf(vertex, ended),
        ...(ms === undefined ? {} : { ms }),
      };
    });
    return inputsFirst(steps);
  }

  #inputsOf(vertex: Known, kept: ReadonlySet<string>): string[] {
    const found = new Set<string>();
    const seen = new Set<string>();
    const queue = [...vertex.inputs];
    for (const id of queue) {
      if (found.size >= INPUTS_MOST) break;
      if (seen.has(id)) continue;
      seen.add(id);
      if (kept.has(id)) found.add(id);
      else queue.push(...(this.#known.get(id)?.inputs ?? []));
    }
    return [...found];
  }
}

/** Keeps the order, but for steps that would come before one of their inputs: cached ones begin all at once. */
function inputsFirst(steps: readonly BuildStep[]): BuildStep[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const entered = new Set<string>();
  const placed: BuildStep[] = [];
  const place = (step: BuildStep) => {
    if (entered.has(step.id)) return;
    entered.add(step.id);
    for (const input of step.inputs) {
      const before = byId.get(input);
      if (before) place(before);
    }
    placed.push(step);
  };
  for (const step of steps) place(step);
  return placed;
}

function began({ spans }: Known): number {
  return Math.min(...spans.keys());
}

/** Milliseconds worked, where some work is over. */
function spent({ spans }: Known): number | undefined {
  const ends = [...spans].filter((span): span is [number, number] => span[1] !== undefined);
  if (ends.length === 0) return undefined;
  return Math.round(ends.reduce((sum, [from, to]) => sum + Math.max(0, to - from), 0));
}

function stateOf(vertex: Known, ended: 'done' | 'failed' | undefined): BuildStep['state'] {
  if (vertex.error) return GIVEN_UP.test(vertex.error) ? 'waiting' : 'failed';
  if (vertex.cached) return 'cached';
  if (vertex.completed !== undefined) return 'done';
  if (ended === undefined) return vertex.started === undefined ? 'waiting' : 'running';
  return ended === 'done' ? 'cached' : 'waiting';
}

function named(text: string): Pick<BuildStep, 'name' | 'stage'> {
  const staged = STAGED.exec(text);
  if (staged) return { stage: shown(staged[1] ?? 'stage-0'), name: shown((staged[3] ?? '').replace(FROM, 'FROM ')) };
  return { name: shown(text.startsWith('[') ? text.replace(INTERNAL, '[').replace(/^\[(.*)$/s, '[$1]') : `[${text}]`) };
}
