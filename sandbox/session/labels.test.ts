import { expect, test } from 'vitest';
import { objectLabels, ours, readLabels, sessionLabels } from './labels.ts';

const madeAt = new Date('2026-11-24T12:00:00.250Z');

test('a session is read from its labels as it was written', () => {
  expect(readLabels(sessionLabels('slipway', 'abc', madeAt))).toEqual({ id: 'abc', madeAt });
});

test.each(['slipway.session', 'slipway.role', 'slipway.made'])('without %s it is no session', (key) => {
  const all = Object.entries(sessionLabels('slipway', 'abc', madeAt));
  expect(readLabels(Object.fromEntries(all.filter(([name]) => name !== key)))).toBeUndefined();
});

test('a date that is none is no session, nor is another of its objects', () => {
  expect(readLabels({ ...sessionLabels('slipway', 'abc', madeAt), 'slipway.made': 'soon' })).toBeUndefined();
  expect(
    readLabels({ ...objectLabels('slipway', 'abc', 'home'), 'slipway.made': madeAt.toISOString() }),
  ).toBeUndefined();
});

test('the filter keeps to one installation, one kind and one session', () => {
  expect(ours('one', 'session', 'abc')).toEqual({
    label: ['slipway.instance=one', 'slipway.role=session', 'slipway.session=abc'],
  });
  expect(ours('one').label).toEqual(['slipway.instance=one', 'slipway.session']);
});
