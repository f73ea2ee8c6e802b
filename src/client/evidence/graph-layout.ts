/** Lays a build's steps out as a graph that reads from top to bottom: a lane for each stage, a row for each step. Pure. */
import type { BuildStep } from '../../../sandbox/protocol/evidence.ts';

/** Of the drawing, in its own units: a row's height, a lane's width, a node's radius. */
export const UNIT = { row: 52, lane: 22, node: 7 } as const;

/** What is drawn in a step's node, as path data about its middle: a cross where it failed, else a tick, which shows only on a step that ran. */
export function markOf({ state }: Pick<BuildStep, 'state'>): string {
  return state === 'failed' ? 'M-3-3 3 3M3-3-3 3' : 'M-4 0 -1 3 4 -3';
}

export interface Row {
  readonly step: BuildStep;
  /** Its lane, from 0. */
  readonly lane: number;
  /** The stage begins with it. */
  readonly first: boolean;
  /** Other stages it takes something from. */
  readonly from: readonly string[];
}

export interface Edge {
  /** `on` goes on within a stage, `across` brings something over from another. */
  readonly kind: 'on' | 'across';
  /** SVG path data. */
  readonly d: string;
}

export interface Graph {
  readonly rows: readonly Row[];
  readonly edges: readonly Edge[];
  readonly width: number;
  readonly height: number;
  /** BuildKit's own steps, which have no row. */
  readonly own: number;
}

/** @param steps of one build, in any order */
export function layOut(steps: readonly BuildStep[]): Graph {
  const staged = steps.filter((step) => step.stage !== undefined);
  const stages = stagesInOrder(staged);
  const rows = stages.flatMap((stage, lane) =>
    inOrder(
      staged.filter((step) => step.stage === stage),
      (step) => step.inputs,
    ).map((step, index): Row => ({ step, lane, first: index === 0, from: strangers(step, staged) })),
  );
  return {
    rows,
    edges: edges(rows),
    width: Math.max(1, stages.length) * UNIT.lane,
    height: rows.length * UNIT.row,
    own: steps.length - staged.length,
  };
}

/** The middle of a row's node. */
export function nodeAt(lane: number, index: number): { x: number; y: number } {
  return { x: (lane + 0.5) * UNIT.lane, y: (index + 0.5) * UNIT.row };
}

/** Stages that others copy from come before them; otherwise as they began. */
function stagesInOrder(staged: readonly BuildStep[]): string[] {
  const names = [...new Set(staged.map(stageOf))];
  const needed = new Map<string, string[]>();
  for (const step of staged)
    needed.set(stageOf(step), [...(needed.get(stageOf(step)) ?? []), ...strangers(step, staged)]);
  return inOrder(
    names.map((id) => ({ id })),
    ({ id }) => needed.get(id) ?? [],
  ).map(({ id }) => id);
}

/** Everything after what it needs, and otherwise in the order given. Circles, which no build has, are cut. */
function inOrder<T extends { readonly id: string }>(things: readonly T[], needs: (thing: T) => readonly string[]): T[] {
  const placed = new Set<T>();
  const visit = (thing: T, above: ReadonlySet<T>): void => {
    if (placed.has(thing) || above.has(thing)) return;
    for (const id of needs(thing)) {
      const needed = things.find((one) => one.id === id);
      if (needed) visit(needed, new Set([...above, thing]));
    }
    placed.add(thing);
  };
  for (const thing of things) visit(thing, new Set());
  return [...placed];
}

function strangers(step: BuildStep, staged: readonly BuildStep[]): string[] {
  const stages = step.inputs.flatMap((id) => staged.find((one) => one.id === id)?.stage ?? []);
  return [...new Set(stages)].filter((stage) => stage !== step.stage);
}

function stageOf(step: BuildStep): string {
  return step.stage ?? '';
}

function edges(rows: readonly Row[]): Edge[] {
  return rows.flatMap((row, index) => {
    const to = nodeAt(row.lane, index);
    const before = rows[index - 1];
    const on: Edge[] =
      before?.lane === row.lane
        ? [{ kind: 'on', d: `M${to.x} ${nodeAt(row.lane, index - 1).y + UNIT.node}V${to.y - UNIT.node}` }]
        : [];
    const across = row.step.inputs.flatMap((id): Edge[] => {
      const at = rows.findIndex(({ step }) => step.id === id);
      const source = rows[at];
      if (!source || source.lane === row.lane) return [];
      return [{ kind: 'across', d: bend(nodeAt(source.lane, at), to) }];
    });
    return [...on, ...across];
  });
}

/** From a node to the right, down between the lanes, and into the other node from its left. */
function bend(from: { x: number; y: number }, to: { x: number; y: number }): string {
  const between = to.x - UNIT.lane / 2;
  const round = Math.min(5, between - from.x - UNIT.node);
  const start = `M${from.x + UNIT.node} ${from.y}`;
  const end = `H${to.x - UNIT.node}`;
  if (round <= 0) return `${start}H${between}V${to.y}${end}`;
  return `${start}H${between - round}q${round} 0 ${round} ${round}V${to.y - round}q0 ${round} ${round} ${round}${end}`;
}
