/** A build's steps in words. Pure. */
import type { Build, BuildStep } from '../../../sandbox/protocol/evidence.ts';
import { durationText } from '../../course/quantities.ts';

const states: Readonly<Record<BuildStep['state'], string>> = {
  waiting: 'waits',
  running: 'runs',
  done: 'ran',
  cached: 'from the cache',
  failed: 'failed',
};

/**
 * What became of it, and how long it took: "ran, 12 s".
 * @param steps of its build: where one failed, the others that wait are never reached
 */
export function stepText({ state, ms }: Pick<BuildStep, 'state' | 'ms'>, steps: readonly BuildStep[] = []): string {
  if (state === 'waiting' && steps.some((step) => step.state === 'failed')) return 'not reached';
  const timed = ms !== undefined && ms > 0 && (state === 'done' || state === 'failed');
  return timed ? `${states[state]}, ${durationText(ms)}` : states[state];
}

/** The name of a stage as the author of the Dockerfile would say it. */
export function stageText(stage: string): string {
  return /^(stage-)?\d+$/.test(stage) ? `stage ${Number(/\d+$/.exec(stage)?.[0]) + 1}` : stage;
}

/** A build in a sentence: "Took 12 s: 3 steps ran, 4 from the cache." */
export function buildText({ state, ms, steps }: Pick<Build, 'state' | 'ms' | 'steps'>): string {
  const staged = steps.filter(({ stage }) => stage !== undefined);
  const count = (wanted: BuildStep['state']) => staged.filter((step) => step.state === wanted).length;
  const parts = [
    [count('done'), 'ran'],
    [count('cached'), 'from the cache'],
    [count('failed'), 'failed'],
    [count('running'), 'under way'],
  ] as const;
  const said = parts.flatMap(([many, what]) => (many > 0 ? [`${many} ${what}`] : [])).join(', ');
  const begin =
    state === 'running' ? 'Building' : `${state === 'failed' ? 'Failed after' : 'Took'} ${durationText(ms ?? 0)}`;
  return said === '' ? `${begin}.` : `${begin}. Steps: ${said}.`;
}

/** How long a step took as a part of the longest of its build's stages, from 0 to 1. BuildKit's own steps, which are not shown, do not count. */
export function shareOf(step: Pick<BuildStep, 'ms' | 'state'>, steps: readonly BuildStep[]): number {
  const shown = steps.filter(({ stage, state }) => stage !== undefined && state !== 'cached');
  const longest = Math.max(...shown.map(({ ms }) => ms ?? 0), 1);
  return step.state === 'cached' ? 0 : (step.ms ?? 0) / longest;
}
