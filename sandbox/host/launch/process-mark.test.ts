import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { alive, markOf } from './process-mark.ts';

test('this process is alive, by its own mark alone', () => {
  const mark = markOf(process.pid);
  if (!mark) throw new Error('no mark');
  expect(alive(mark)).toBe(true);
  expect(alive({ ...mark, started: `${mark.started}0` })).toBe(false);
});

test('a process that has ended is not alive', async () => {
  const child = spawn('sleep', ['30']);
  const mark = markOf(child.pid ?? 0);
  if (!mark) throw new Error('no mark');
  expect(alive(mark)).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(alive(mark)).toBe(false);
});
