import { expect, it } from 'vitest';
import type { BuildStep } from '../../../sandbox/protocol/evidence.ts';
import { layOut, UNIT } from './graph-layout.ts';

const step = (id: string, stage: string | undefined, inputs: string[] = []): BuildStep => ({
  id,
  ...(stage === undefined ? {} : { stage }),
  name: id,
  inputs,
  state: 'done',
});

const multi = [
  step('load', undefined),
  step('copy passwd', 'stage-1', ['copy main', 'compile']),
  step('compile', 'builder', ['source']),
  step('from', 'builder'),
  step('copy main', 'stage-1', ['compile']),
  step('source', 'builder', ['from', 'load']),
];

it('puts every step below what it needs, stage by stage', () => {
  const { rows } = layOut(multi);
  expect(rows.map(({ step: { id }, lane }) => [id, lane])).toEqual([
    ['from', 0],
    ['source', 0],
    ['compile', 0],
    ['copy main', 1],
    ['copy passwd', 1],
  ]);
  expect(rows.map(({ first }) => first)).toEqual([true, false, false, true, false]);
});

it('says which stage a step copies from', () => {
  expect(layOut(multi).rows.map(({ from }) => from)).toEqual([[], [], [], ['builder'], ['builder']]);
});

it('draws what goes on in a stage and what goes across', () => {
  const { edges, width, height } = layOut(multi);
  expect(edges.map(({ kind }) => kind)).toEqual(['on', 'on', 'across', 'on', 'across']);
  expect(width).toBe(2 * UNIT.lane);
  expect(height).toBe(5 * UNIT.row);
});

it('counts the steps that are BuildKit’s own', () => expect(layOut(multi).own).toBe(1));

it('takes parallel stages in the order they began, and a circle without hanging', () => {
  const parallel = [step('b', 'two'), step('a', 'one'), step('end', 'last', ['a', 'b'])];
  expect(layOut(parallel).rows.map(({ step: { id } }) => id)).toEqual(['b', 'a', 'end']);
  expect(layOut([step('a', 'one', ['b']), step('b', 'one', ['a'])]).rows).toHaveLength(2);
});

it('draws nothing of nothing', () => expect(layOut([])).toMatchObject({ rows: [], edges: [], height: 0 }));
