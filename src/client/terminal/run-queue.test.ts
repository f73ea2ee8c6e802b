import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LoopbackPage } from '../connection/page.testing.ts';
import { RunQueue } from './run-queue.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function make() {
  const typed: string[] = [];
  return { typed, queue: new RunQueue(new LoopbackPage('http://127.0.0.1').platform, (text) => typed.push(text)) };
}

test('types at once into a live shell, with Return, as often as it is asked', () => {
  const { queue, typed } = make();
  queue.live(false);
  queue.add('docker images');
  queue.add('docker images');
  expect(typed).toEqual(['docker images\r', 'docker images\r']);
});

test('keeps commands until there is a shell, in order, an impatient second press being one', () => {
  const { queue, typed } = make();
  queue.add('one');
  queue.add('two');
  queue.add('two');
  expect(queue.waiting).toEqual(['one', 'two']);
  queue.live(false);
  expect(typed).toEqual(['one\r', 'two\r']);
  expect(queue.waiting).toEqual([]);
});

test('lets a new shell print its prompt first', () => {
  const { queue, typed } = make();
  queue.add('ls');
  queue.live(true);
  vi.advanceTimersByTime(500);
  expect(typed).toEqual([]);
  queue.printed();
  vi.advanceTimersByTime(60);
  expect(typed).toEqual(['ls\r']);
});

test('types to a shell that prints nothing, too', () => {
  const { queue, typed } = make();
  queue.live(true);
  queue.add('ls');
  expect(typed).toEqual([]);
  vi.advanceTimersByTime(1_500);
  expect(typed).toEqual(['ls\r']);
});

test('keeps commands again while the shell is away', () => {
  const { queue, typed } = make();
  queue.live(true);
  queue.away();
  vi.advanceTimersByTime(5_000);
  queue.add('ls');
  expect(typed).toEqual([]);
  queue.live(false);
  expect(typed).toEqual(['ls\r']);
});

test('several lines are typed with the key Return between them', () => {
  const { queue, typed } = make();
  queue.live(false);
  queue.add('for n in 1 2; do\n  echo $n\r\ndone');
  expect(typed).toEqual(['for n in 1 2; do\r  echo $n\rdone\r']);
});
