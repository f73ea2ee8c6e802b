import { expect, test } from 'vitest';
import { Problem, sessionEnds } from '../../../sandbox/protocol/problems.ts';
import type { ProblemCode } from '../../../sandbox/protocol/problems.ts';
import type { State, Why } from '../connection/state.ts';
import { earlier, engineWords, wordsFor } from './words.ts';

const NOW = 1_000_000;
const why = (code: ProblemCode) => ({ kind: 'problem' as const, problem: new Problem(code).body });
const waiting = (more: Partial<Extract<State, { name: 'reconnecting' }>>): State => ({
  name: 'reconnecting',
  at: NOW + 3_000,
  attempt: 5,
  why: { kind: 'lost' },
  seen: true,
  ...more,
});

test('live is "Live" and nothing else', () => {
  expect(wordsFor({ name: 'live' }, NOW)).toEqual({ status: 'Live', after: '', now: false, hasSandbox: true });
});

test('the status does not change while a countdown runs or a try is under way', () => {
  const three = wordsFor(waiting({}), NOW);
  const two = wordsFor(waiting({}), NOW + 1_000);
  expect([three.status, two.status, wordsFor({ name: 'connecting', seen: true }, NOW).status]).toEqual(
    Array(3).fill('Reconnecting'),
  );
  expect(three.status + three.after).toBe('Reconnecting in 3 s');
  expect(two.status + two.after).toBe('Reconnecting in 2 s');
  expect(three.now).toBe(true);
});

test('a wait too short to read has no countdown and no button', () => {
  expect(wordsFor(waiting({ at: NOW + 200 }), NOW)).toMatchObject({ after: '…', now: false });
});

test('somebody who had a shell keeps the screen and is told what goes on', () => {
  const words = wordsFor(waiting({ why: why('restarting') }), NOW);
  expect(words.panel).toBeUndefined();
  expect(words.notice).toContain('The site is being restarted. Your shell, files and running builds go on.');
  expect(wordsFor(waiting({ attempt: 1 }), NOW).notice).toBeUndefined();
});

test('without a sandbox it is said that Run plays a recording, why, and what to do', () => {
  const state = (why: Why, looking = false): State => ({
    ...{ name: 'recorded', at: NOW + 15_000, attempt: 1, why, seen: false, looking },
  });
  const missing = wordsFor(state(why('host-missing')), NOW);
  expect(missing.status + missing.after).toBe('Recordings');
  expect(missing.panel?.title).toContain('Run plays a recording');
  expect(missing.panel?.lines.join(' ')).toMatch(/There is no Docker host to run a sandbox on.*npm run doctor/);
  expect(missing.panel?.button).toEqual({ label: 'Try again', action: 'connect' });
  const looking = wordsFor(state(why('host-missing'), true), NOW);
  expect([looking.status, looking.after, looking.panel]).toEqual(['Recordings', ', looking…', missing.panel]);
  expect(wordsFor(state({ kind: 'none' }), NOW).panel?.lines.join(' ')).toContain('pages only');
  expect(wordsFor(state({ kind: 'unreachable' }), NOW).panel?.lines.join(' ')).toContain('does not answer');
});

test('the network being down on the first load is said once it is certain', () => {
  const down = { seen: false, why: { kind: 'unreachable' as const } };
  expect(wordsFor(waiting({ ...down, attempt: 1 }), NOW)).toMatchObject({ status: 'Connecting…' });
  expect(wordsFor(waiting({ ...down, attempt: 3 }), NOW).panel?.title).toBe('The sandbox does not answer.');
});

test('looking again leaves what was said in its place', () => {
  const failed = { why: why('start-failed'), attempt: 3 };
  const looking = wordsFor({ name: 'connecting', seen: false, failed }, NOW);
  const waited = wordsFor(waiting({ seen: false, ...failed }), NOW);
  expect([looking.status, looking.panel]).toEqual([waited.status, waited.panel]);
  expect(wordsFor({ name: 'connecting', seen: false }, NOW).status).toBe('Connecting…');
});

test.each([
  ...[...sessionEnds].map((code) => [code, 'start'] as const),
  ['bad-origin', 'reload'],
  ['bad-message', 'reload'],
  ['frame-too-large', 'connect'],
] as const)('%s ends with one button: %s', (code, action) => {
  const words = wordsFor({ name: 'ended', problem: new Problem(code).body }, NOW);
  expect(words.status).toBe('Ended');
  expect(words.panel?.button?.action).toBe(action);
  expect(words.panel?.lines).toContain(new Problem(code).body.kept);
});

test('what is particular to a case is shown', () => {
  const problem = new Problem('host-full', '40 of 40 are taken.').body;
  const words = wordsFor(waiting({ seen: false, why: { kind: 'problem', problem } }), NOW);
  expect(words.panel?.lines[0]).toBe('40 of 40 are taken.');
});

test('the engine’s words', () => {
  const said = ([undefined, 'starting', 'ready', 'asleep', 'stopped'] as const).map((state) => {
    const { text, more = '' } = engineWords(state);
    return text + more;
  });
  expect(said).toEqual([
    '',
    'Docker starting…',
    'Docker ready',
    'Docker asleep, wakes with your next command',
    'Docker stopped, starts again by itself',
  ]);
});

test('a place in the line is said, that the page asks by itself, and what can be done meanwhile', () => {
  const at = (place: number, looking = false): State => ({
    ...{ name: 'recorded', at: NOW + 5_000, attempt: 1, seen: false, looking },
    why: { kind: 'problem', problem: { ...new Problem('host-full').body, place } },
  });
  const words = wordsFor(at(3), NOW);
  expect(words.status).toBe('In line: 3rd');
  expect(words.panel?.title).toBe('You are 3rd in line for a sandbox.');
  expect(words.panel?.lines.join(' ')).toMatch(/asks again by itself.*Run plays a recording/);
  expect([1, 2, 11, 22].map((place) => wordsFor(at(place), NOW).status)).toEqual(
    ['next', '2nd', '11th', '22nd'].map((place) => `In line: ${place}`),
  );
  expect(wordsFor(at(3, true), NOW).status).toBe('In line: 3rd');
});

test('above a fresh sandbox it is said what became of the earlier one', () => {
  expect(earlier('session-expired')).toMatch(/^Your earlier sandbox reached the end of its time\. This is a new one/);
  expect(earlier('host-restarted')).toMatch(/^The machine your earlier sandbox ran on was restarted\./);
  expect(earlier()).toMatch(/^Your earlier sandbox has ended\./);
});
