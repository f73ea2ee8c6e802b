import { expect, it } from 'vitest';
import type { MeasuredLesson } from '../src/course/measured-schema.ts';
import { differences } from './compare.ts';

const image = (bytes: number) => ({ id: 'sha256:1', tags: [], bytes, createdAt: 0, user: '', command: [], layers: [] });
const lesson = (more: Partial<MeasuredLesson>): MeasuredLesson => ({
  date: '2026-01-02',
  commands: [{ key: 'ls', run: 'ls', exit: 0, ms: 10, output: 'a', cast: 'a/01.cast' }],
  images: { 'x:1': image(1_000_000) },
  builds: [],
  figures: {},
  ...more,
});

it('agrees when only times, dates and output differ', () => {
  const now = lesson({
    date: '2026-02-03',
    commands: [{ key: 'ls', run: 'ls', exit: 0, ms: 99, output: 'b', cast: 'a/01.cast' }],
  });
  expect(differences(lesson({}), now, true)).toEqual([]);
});

it('lets sizes differ by a hundredth, where they must agree at all', () => {
  expect(differences(lesson({}), lesson({ images: { 'x:1': image(1_009_000) } }), true)).toEqual([]);
  expect(differences(lesson({}), lesson({ images: { 'x:1': image(1_011_000) } }), true)).toEqual([
    'image x:1: expected 1000000 bytes within 1 %, received 1011000',
  ]);
  expect(differences(lesson({}), lesson({ images: { 'x:1': image(2_000_000) } }), false)).toEqual([]);
});

it('names what is missing and what is left over', () => {
  const other = { key: 'pwd', run: 'pwd', exit: 0, ms: 1, output: '', cast: 'a/01.cast' };
  expect(
    differences(lesson({}), lesson({ commands: [other], images: { 'x:2': image(1) }, figures: { a: '1' } }), true),
  ).toEqual([
    'pwd: expected a recording, received none',
    'ls: recorded, but no longer in the lesson',
    'image x:2: expected its figures, received none',
    'image x:1: measured, but no longer there',
    'figure a: expected its value, received none',
  ]);
});
