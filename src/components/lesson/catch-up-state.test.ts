import { expect, test } from 'vitest';
import { list, missing, offer } from './catch-up-state.ts';

const needs = ['goapp:singlestage', 'goapp:multistage'];

test('what is missing is known once the reader’s images are', () => {
  expect(missing(needs, undefined)).toBeUndefined();
  expect(missing(needs, [{ tags: ['goapp:multistage', 'mine:latest'] }, { tags: [] }])).toEqual(['goapp:singlestage']);
});

test('catching up is offered where something is missing or may be, else a reset', () => {
  expect(offer([], undefined).button).toBe('Reset this lesson');
  expect(offer(needs, []).button).toBe('Reset this lesson');
  expect(offer(needs, undefined)).toEqual({
    button: 'Catch me up',
    why: 'This lesson begins with goapp:singlestage and goapp:multistage from earlier ones.',
  });
  expect(offer(needs, ['goapp:multistage']).why).toBe('This lesson begins with goapp:multistage from earlier ones.');
});

test('a list reads as one says it', () => {
  expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(list)).toEqual(['', 'a', 'a and b', 'a, b and c']);
});
