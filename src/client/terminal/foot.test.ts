import { expect, test } from 'vitest';
import { Problem } from '../../../sandbox/protocol/problems.ts';
import type { State } from '../connection/state.ts';
import { footFor, shownIn } from './foot.ts';

const live: State = { name: 'live' };
const recorded = (seen: boolean): State => ({
  ...{ name: 'recorded', at: 0, attempt: 1, seen, looking: false },
  why: { kind: 'problem', problem: new Problem('host-missing').body },
});

test('a recording under way is not taken from the reader; one that has ended makes room', () => {
  expect((['playing', 'paused', 'ended'] as const).map((phase) => shownIn(live, 'recording', phase))).toEqual([
    'recording',
    'recording',
    'shell',
  ]);
  expect(shownIn(recorded(true), 'shell', 'empty')).toBe('shell');
  expect(shownIn(recorded(true), 'recording', 'ended')).toBe('recording');
});

test('beside a recording it says why there is no sandbox, and offers to try again', () => {
  expect(footFor(recorded(false), 'recording', 'playing')).toEqual({
    text: 'There is no Docker host to run a sandbox on.',
    again: true,
  });
});

test('what the shell showed last can be had while recordings stand in, and the recording again', () => {
  expect(footFor(recorded(true), 'recording', 'ended')?.swap).toBe('Your shell’s last screen');
  expect(footFor(recorded(true), 'shell', 'ended')?.swap).toBe('Back to the recording');
  expect(footFor(recorded(true), 'shell', 'empty')).toMatchObject({ again: true });
});

test('it leads from a recording to the shell that has come up', () => {
  expect(footFor(live, 'recording', 'playing')).toMatchObject({
    text: 'A sandbox is ready.',
    swap: 'Go to your shell',
  });
});

test('there is nothing to say in an empty stage, whose middle says it, and under a shell', () => {
  expect(footFor(recorded(false), 'shell', 'empty')).toBeUndefined();
  expect(footFor(live, 'shell', 'ended')).toBeUndefined();
});
