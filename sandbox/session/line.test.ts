import { expect, test } from 'vitest';
import { Line, paceMs } from './line.ts';

function line() {
  const clock = { now: 1_000 };
  const it = new Line(() => clock.now, 2);
  return { clock, line: it, ask: (owner: string, free = 0) => it.ask(owner, `of ${owner}`, free)?.place };
}

test('places are given in the order of asking, and kept by asking again', () => {
  const { ask } = line();
  expect([ask('a'), ask('b'), ask('c'), ask('b'), ask('a')]).toEqual([1, 2, 3, 2, 1]);
});

test('what becomes free is the first’s: one who comes later does not get it', () => {
  const { ask } = line();
  ask('a');
  ask('b');
  expect(ask('c', 1)).toBe(3);
  expect(ask('b', 1)).toBe(2);
  expect(ask('a', 1)).toBeUndefined();
  expect(ask('b')).toBe(1);
});

test('tells how long one waited whose turn has come, and counts those who still ask', () => {
  let now = 0;
  const waited: number[] = [];
  const it = new Line(
    () => now,
    2,
    (ms) => waited.push(ms),
  );
  it.ask('a', 'of a', 0);
  it.ask('b', 'of b', 0);
  now = 6_000;
  it.ask('a', 'of a', 0);
  now = 12_000;
  expect(it.ask('a', 'of a', 1)).toBeUndefined();
  expect(it.ask('c', 'of c', 2)).toBeUndefined();
  expect(waited).toEqual([12_000]);
  expect(it.length).toBe(1);
  now = 200_000;
  expect(it.length).toBe(0);
});

test('with nobody waiting there is no line', () => {
  const { ask, line: it } = line();
  expect(ask('a', 1)).toBeUndefined();
  expect(it.length).toBe(0);
});

test('one who does not ask in time lets others pass, and has the place again on coming back soon', () => {
  const { ask, clock } = line();
  ask('a');
  ask('b');
  clock.now += 2 * paceMs(1) + 5_001;
  expect(ask('b')).toBe(1);
  expect(ask('a')).toBe(1);
  expect(ask('b')).toBe(2);
});

test('one who stays away, or leaves, has lost the place', () => {
  const { ask, clock, line: it } = line();
  ask('a');
  clock.now += 50_000;
  ask('b');
  clock.now += 50_000;
  expect(ask('b')).toBe(1);
  expect(ask('a')).toBe(2);
  it.leave('b');
  expect(ask('a')).toBe(1);
});

test('a line of any length asks less than twice a second', () => {
  const perSecond = (length: number) =>
    Array.from({ length }, (_, n) => 1_000 / paceMs(n + 1)).reduce((a, b) => a + b, 0);
  expect([1, 10, 40].map((length) => perSecond(length) < 2)).toEqual([true, true, true]);
  expect(paceMs(1)).toBe(5_000);
});

test('only so many wait, in all and of one address; others are told no place', () => {
  const { line: it } = line();
  expect(['a', 'b', 'c', 'a'].map((owner) => it.ask(owner, 'here', 0))).toEqual([
    { place: 1 },
    { place: 2 },
    {},
    { place: 1 },
  ]);
  for (let n = 0; n < 2_100; n++) it.ask(`o${n}`, `of ${n}`, 0);
  expect(it.length).toBe(2_000);
});
