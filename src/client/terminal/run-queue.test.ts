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

test('a shell that says where it is gets one command at each prompt', () => {
  const { queue, typed } = make();
  queue.marked({ kind: 'B' });
  queue.live(false);
  queue.add('one');
  queue.add('two');
  queue.add('three');
  expect([typed, queue.busy]).toEqual([['one\r'], true]);
  queue.marked({ kind: 'C' });
  queue.marked({ kind: 'D', exit: 0 });
  queue.marked({ kind: 'A' });
  expect(typed).toEqual(['one\r']);
  queue.marked({ kind: 'B' });
  expect(typed).toEqual(['one\r', 'two\r']);
  expect(queue.waiting).toEqual(['three']);
});

test('what waits for a command to end is typed into it when asked for again', () => {
  const { queue, typed } = make();
  queue.live(false);
  queue.marked({ kind: 'C' });
  queue.add('ls');
  expect(typed).toEqual([]);
  queue.add('ls');
  expect(typed).toEqual(['ls\r']);
  expect(queue.waiting).toEqual([]);
});

test('a new shell that says where it is need not be waited for', () => {
  const { queue, typed } = make();
  queue.add('ls');
  queue.live(true);
  queue.printed();
  queue.marked({ kind: 'A' });
  queue.marked({ kind: 'B' });
  expect(typed).toEqual(['ls\r']);
});

test('a prompt of the reader’s own does not say where it ends', () => {
  const { queue, typed } = make();
  queue.live(false);
  queue.marked({ kind: 'C' });
  queue.add('ls');
  queue.marked({ kind: 'A' });
  vi.advanceTimersByTime(60);
  expect(typed).toEqual(['ls\r']);
});

test('where marks may have been missed, it types as if there were none', () => {
  const { queue, typed } = make();
  queue.live(false);
  queue.marked({ kind: 'C' });
  queue.unsure();
  queue.add('ls');
  expect(typed).toEqual(['ls\r']);
});

test('a command that was typed and cut off by the connection does not block the next', () => {
  const { queue, typed } = make();
  queue.marked({ kind: 'B' });
  queue.live(false);
  queue.add('one');
  queue.away();
  queue.live(false);
  queue.add('two');
  expect(typed).toEqual(['one\r', 'two\r']);
});
