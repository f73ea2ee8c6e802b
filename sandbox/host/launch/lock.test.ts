import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lockState } from './lock.ts';

const state = () => mkdtemp(join(tmpdir(), 'lock-'));

test('a second start is told who runs and where; after the first has ended it may', async () => {
  const directory = await state();
  const first = await lockState(directory, 'slipway', 'http://127.0.0.1:4321');
  if (!first.ok) throw new Error('not locked');
  const second = await lockState(directory, 'slipway', 'http://127.0.0.1:5000');
  expect(second).toMatchObject({ ok: false, holder: { pid: process.pid, url: 'http://127.0.0.1:4321' } });
  await first.lock[Symbol.asyncDispose]();
  expect((await lockState(directory, 'slipway', 'http://127.0.0.1:5000')).ok).toBe(true);
});

test('instances do not stand in each other’s way', async () => {
  const directory = await state();
  expect((await lockState(directory, 'one', 'http://a')).ok).toBe(true);
  expect((await lockState(directory, 'two', 'http://b')).ok).toBe(true);
});

test.each([
  '{"pid":4194304,"started":"1","url":"http://gone"}',
  '{"pid":1,"started":"not its start","url":"x"}',
  'junk',
])('a lock left behind is taken over: %s', async (left) => {
  const directory = await state();
  await writeFile(join(directory, 'launcher-slipway.json'), left);
  expect((await lockState(directory, 'slipway', 'http://new')).ok).toBe(true);
  expect(await readFile(join(directory, 'launcher-slipway.json'), 'utf8')).toContain('http://new');
});
