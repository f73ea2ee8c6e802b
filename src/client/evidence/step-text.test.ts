import { expect, it } from 'vitest';
import type { BuildStep } from '../../../sandbox/protocol/evidence.ts';
import { buildText, shareOf, stageText, stepText } from './step-text.ts';

const step = (state: BuildStep['state'], ms?: number): BuildStep => ({
  id: state,
  stage: '0',
  name: state,
  inputs: [],
  state,
  ...(ms === undefined ? {} : { ms }),
});

it('says what became of a step', () => {
  expect(stepText({ state: 'done', ms: 12_000 })).toBe('ran, 12 s');
  expect(stepText({ state: 'cached', ms: 3 })).toBe('from the cache');
  expect(stepText({ state: 'running' })).toBe('runs');
  expect(stepText({ state: 'failed', ms: 40 })).toBe('failed, 40 ms');
  expect(stepText({ state: 'waiting' }, [step('running'), step('waiting')])).toBe('waits');
  expect(stepText({ state: 'waiting' }, [step('failed'), step('waiting')])).toBe('not reached');
});

it('counts a build’s steps', () => {
  const steps = [step('done', 5), step('cached'), step('cached')];
  expect(buildText({ state: 'done', ms: 3200, steps })).toBe('Took 3.2 s. Steps: 1 ran, 2 from the cache.');
  expect(buildText({ state: 'running', steps: [step('running')] })).toBe('Building. Steps: 1 under way.');
  expect(buildText({ state: 'failed', ms: 100, steps: [] })).toBe('Failed after 100 ms.');
});

it('names a stage without a name by its place', () => {
  expect(stageText('builder')).toBe('builder');
  expect(stageText('stage-1')).toBe('stage 2');
  expect(stageText('0')).toBe('stage 1');
});

it('compares a step with the longest', () => {
  const steps = [step('done', 100), step('cached', 900), step('failed', 50)];
  expect(steps.map((one) => shareOf(one, steps))).toEqual([1, 0, 0.5]);
  const exporting: BuildStep = { id: 'export', name: 'exporting to image', inputs: [], state: 'done', ms: 5000 };
  expect(shareOf(step('done', 100), [...steps, exporting])).toBe(1);
});
