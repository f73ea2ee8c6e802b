import { expect, test } from 'vitest';
import { ours, readIdentity, sessionLabels, type Identity } from './labels.ts';

const identity: Identity = { id: 'abc', owner: 'o', address: 'a', createdAt: new Date('2030-01-02T03:04:05.678Z') };

test('a session is found again from its labels', () => {
  expect(readIdentity(sessionLabels('slipway', identity))).toEqual(identity);
});

test.each(['slipway.session', 'slipway.owner', 'slipway.address', 'slipway.created'])(
  'labels without %s are not a session',
  (key) => {
    const all = Object.entries(sessionLabels('slipway', identity));
    expect(readIdentity(Object.fromEntries(all.filter(([name]) => name !== key)))).toBeUndefined();
  },
);

test('a date that is none is not a session', () => {
  expect(readIdentity({ ...sessionLabels('slipway', identity), 'slipway.created': 'soon' })).toBeUndefined();
});

test('another installation on the same host is not ours', () => {
  expect(ours('two').label).toContain('slipway.instance=two');
  expect(sessionLabels('two', identity)['slipway.instance']).toBe('two');
});
