import { describe, expect, it } from 'vitest';
import { figure } from './figure.ts';
import { figureText } from './figure-text.ts';
import type { MeasuredLesson } from './measured-schema.ts';

const image = (bytes: number) => ({
  id: 'sha256:1',
  tags: ['x'],
  bytes,
  createdAt: 0,
  user: '',
  command: [],
  layers: [],
});
const step = (name: string, state: 'done' | 'cached', ms: number) => ({ id: name, name, inputs: [], state, ms });
const build = (file: string, steps: ReturnType<typeof step>[]) => ({
  ref: 'r',
  file,
  state: 'done' as const,
  startedAt: 0,
  steps,
});

const lesson: MeasuredLesson = {
  date: '2026-01-02',
  commands: [{ key: 'build', run: 'docker build .', exit: 0, ms: 7_040, output: '', cast: 'a/01.cast' }],
  images: { 'x:large': image(945e6), 'x:small': image(3.6e6) },
  builds: [
    build('Dockerfile', [step('RUN go build -o main .', 'done', 12_300)]),
    build('Dockerfile', [step('RUN go build -o main .', 'cached', 0)]),
  ],
  figures: { packages: '317' },
};
const text = (props: object, slug = 'a') =>
  figureText(figure.parse(props), slug, (name) => (name === 'a' ? lesson : undefined));

describe('a figure', () => {
  it.each([
    [{ size: 'x:small' }, '3.60 MB'],
    [{ ratio: ['x:large', 'x:small'] }, '263'],
    [{ took: 'build' }, '7.0 s'],
    [{ step: 'go build', file: 'Dockerfile' }, '12 s'],
    [{ captured: 'packages' }, '317'],
    [{ captured: 'packages', unit: 'MB' }, '317 MB'],
    [{ article: 'singleMB' }, '896 MB'],
    [{ article: 'go' }, '1.16'],
  ])('%o is %s', (props, expected) => {
    expect(text(props)).toBe(expected);
  });

  it('may be of another lesson', () => {
    expect(text({ took: 'build', lesson: 'a' }, 'b')).toBe('7.0 s');
  });

  it.each([
    { size: 'x:none' },
    { ratio: ['x:large', 'x:none'] },
    { took: 'none' },
    { step: 'go build', file: 'other' },
    { captured: 'none' },
    { size: 'x:small', lesson: 'none' },
  ])('%o is not measured', (props) => {
    expect(text(props)).toBeUndefined();
  });
});

it.each([
  {},
  { size: 'a', took: 'b' },
  { step: 'a' },
  { ratio: ['a'] },
  { size: 'a', unit: 'MB' },
  { article: 'none' },
])('%o is no figure', (props) => {
  expect(figure.safeParse(props).success).toBe(false);
});
