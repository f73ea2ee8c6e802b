import { expect, test } from 'vitest';
import { STEPS_MOST } from '../protocol/evidence.ts';
import type { Vertex } from './history.ts';
import { Steps } from './steps.ts';

const id = (n: number) => `sha256:${n.toString(16).padStart(64, '0')}`;
const vertex = (n: number, name: string, more: Partial<Vertex> = {}): Vertex => ({
  digest: id(n),
  inputs: [],
  name,
  cached: false,
  started: undefined,
  completed: undefined,
  error: '',
  ...more,
});
const listed = (vertices: Vertex[], ended?: 'done' | 'failed') => {
  const steps = new Steps();
  steps.update(vertices);
  return steps.list(ended);
};

test('a name is told apart from its stage, and what is not the Dockerfile’s is in brackets', () => {
  const names = [
    '[builder 1/6] FROM docker.io/library/golang:1.26.8',
    '[2/6] RUN make [all]',
    '[linux/arm64 stage-1 1/2] COPY --from=builder /a /b',
    '[internal] load build context',
    'exporting to image',
    'RUN --mount=[x',
  ];
  expect(listed(names.map((name, n) => vertex(n, name))).map(({ stage, name }) => [stage, name])).toEqual([
    ['builder', 'FROM golang:1.26.8'],
    ['stage-0', 'RUN make [all]'],
    ['stage-1', 'COPY --from=builder /a /b'],
    [undefined, '[load build context]'],
    [undefined, '[exporting to image]'],
    [undefined, '[RUN --mount=[x]'],
  ]);
});

test('inputs lead across steps that are left out', () => {
  const steps = listed([
    vertex(1, '[1/3] FROM scratch'),
    vertex(2, '[internal] resolve something', { inputs: [id(1), id(9)] }),
    vertex(3, '[2/3] RUN make', { inputs: [id(2), id(2)] }),
  ]);
  expect(steps.map(({ name, inputs }) => [name, inputs])).toEqual([
    ['FROM scratch', []],
    ['RUN make', [id(1)]],
  ]);
});

test('steps come in the order they began, inputs before what needs them', () => {
  const at = { started: 5, completed: 5, cached: true };
  const steps = listed([
    vertex(4, '[b 1/1] FROM x', { started: 9 }),
    vertex(3, '[3/3] RUN c', { ...at, inputs: [id(2)] }),
    vertex(2, '[2/3] RUN b', { ...at, inputs: [id(1)] }),
    vertex(1, '[1/3] FROM a', { started: 4, completed: 5 }),
    vertex(5, '[b 2/2] RUN waits', { inputs: [id(4)] }),
  ]);
  expect(steps.map(({ name }) => name)).toEqual(['FROM a', 'RUN b', 'RUN c', 'FROM x', 'RUN waits']);
});

test('states and times', () => {
  const steps = new Steps();
  steps.update([vertex(1, '[1/1] RUN twice', { started: 100, completed: 110 })]);
  steps.update([
    vertex(1, '[1/1] RUN twice', { started: 200 }),
    vertex(2, '[2/2] RUN no', { started: 1, completed: 3, error: 'exit code: 1' }),
    vertex(3, '[3/3] RUN away', { error: 'context canceled' }),
    vertex(4, '[4/4] RUN never'),
    vertex(5, '[5/5] RUN before', { started: 300, completed: 300, cached: true }),
  ]);
  const states = (ended?: 'done' | 'failed') =>
    Object.fromEntries(steps.list(ended).map((s) => [s.name, [s.state, s.ms]]));
  expect(states()).toMatchObject({
    'RUN twice': ['running', 10],
    'RUN no': ['failed', 2],
    'RUN away': ['waiting', undefined],
    'RUN never': ['waiting', undefined],
    'RUN before': ['cached', 0],
  });
  expect(states('done')['RUN never']).toEqual(['cached', undefined]);
  expect(states('failed')['RUN never']).toEqual(['waiting', undefined]);
  steps.update([vertex(1, '[1/1] RUN twice', { started: 200, completed: 230 })]);
  expect(states()['RUN twice']).toEqual(['done', 40]);
});

test('steps that go round in circles, and more of them than are shown, come to an end', () => {
  const many = Array.from({ length: 600 }, (_, n) =>
    vertex(n, `[${n + 1}/600] RUN x`, { inputs: Array.from({ length: 600 }, (_, m) => id(m)), started: n }),
  );
  const steps = listed(many);
  expect(steps).toHaveLength(STEPS_MOST);
  expect(Math.max(...steps.map(({ inputs }) => inputs.length))).toBeLessThanOrEqual(16);
});

test('what is no digest is no step', () => {
  expect(listed([vertex(1, '[1/1] RUN x', { digest: 'x'.repeat(1000) })])).toEqual([]);
});
