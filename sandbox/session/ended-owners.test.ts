import { expect, test } from 'vitest';
import { EndedOwners } from './ended-owners.ts';

test('remembers the newest reason of an owner until they have another session', () => {
  const owners = new EndedOwners();
  owners.remember('a', 'session-idle');
  owners.remember('a', 'session-expired');
  expect(owners.why('a')).toBe('session-expired');
  owners.forget('a');
  expect(owners.why('a')).toBeUndefined();
});

test('remembers only so many: the one that ended first is forgotten first', () => {
  const owners = new EndedOwners(2);
  for (const owner of ['a', 'b', 'a', 'c']) owners.remember(owner, 'session-idle');
  expect(['a', 'b', 'c'].map((owner) => owners.why(owner))).toEqual(['session-idle', undefined, 'session-idle']);
});
