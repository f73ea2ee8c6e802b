import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { hasRoom } from './room.ts';

test('there is room as long as the reserve stays free, and where nobody can look', async () => {
  const { bavail, bsize } = await statfs(tmpdir());
  const free = bavail * bsize;
  expect(await hasRoom(tmpdir(), free / 2)).toBe(true);
  expect(await hasRoom(tmpdir(), free * 2)).toBe(false);
  expect(await hasRoom('/nowhere/at/all', free * 2)).toBe(true);
});
