import { expect, it } from 'vitest';
import { countText, markText } from './words.ts';

const course = [
  { slug: 'a', minutes: 5 },
  { slug: 'b', minutes: 7 },
];
const done = { met: [], answers: {}, done: '2026-01-31' };

it('counts the course’s own lessons only', () => {
  expect(countText(course, { version: 1, lessons: { a: done, gone: done } })).toBe(
    '1 of 2 lessons done, 7 minutes to go',
  );
  expect(countText(course, { version: 1, lessons: { a: done, b: done } })).toBe('2 of 2 lessons done');
});

it('marks', () => {
  expect(markText(undefined)).toBe('');
  expect(markText({ met: [], answers: {}, opened: '2026-01-30' })).toBe('begun');
  expect(markText(done)).toBe('done');
});
