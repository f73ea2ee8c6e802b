import { expect, it } from 'vitest';
import { check } from '../../../sandbox/protocol/checks.ts';
import { countText, partsOf, saidOf } from './check-text.ts';

const small = check.parse({
  id: 'small',
  kind: 'image-size',
  says: 'It is small.',
  image: 'a:b',
  underMB: 3,
  hints: { missing: 'Build it first.' },
});

it('gives the hint that fits what is wrong, else what was seen', () => {
  expect(saidOf(small, { id: 'small', verdict: 'unmet', fault: 'missing', saw: 'no image' }).more).toBe(
    'Build it first.',
  );
  expect(saidOf(small, { id: 'small', verdict: 'unmet', fault: 'too-large', saw: 'a:b is large' }).more).toBe(
    'a:b is large',
  );
  expect(saidOf(small, { id: 'small', verdict: 'unmet' }).more).toBe('');
});

it('says when it cannot tell, and why', () => {
  expect(saidOf(small, { id: 'small', verdict: 'unknown', saw: 'The engine is starting.' })).toEqual({
    verdict: 'unknown',
    state: 'Cannot tell.',
    more: 'The engine is starting.',
  });
  expect(saidOf(small, undefined).state).toBe('Not judged yet');
});

it('finds the code in a text', () => {
  expect(partsOf('Use `docker run a:b`, then look.')).toEqual([
    { code: false, text: 'Use ' },
    { code: true, text: 'docker run a:b' },
    { code: false, text: ', then look.' },
  ]);
  expect(partsOf('')).toEqual([]);
});

it('counts', () => {
  expect(
    countText([
      { id: 'a', verdict: 'met' },
      { id: 'b', verdict: 'unknown' },
    ]),
  ).toBe('1 of 2 done.');
});
