import { lchown, mkdir, mkdtemp, stat, symlink } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { placesOf } from '../places.ts';
import { makeDirectories } from './directories.ts';

const me = { ...userInfo(), name: userInfo().username, path: '/usr/bin' };

/** Places below a directory of the test's own, as a plain user without a runtime directory has them. */
async function places(parent = 'run') {
  const home = await mkdtemp(join(tmpdir(), 'directories-'));
  const env = { XDG_RUNTIME_DIR: join(home, parent), XDG_STATE_HOME: join(home, 'state') };
  return { home, all: placesOf({ state: undefined }, { uid: me.uid || 1, gid: me.gid, name: me.name, home, env }) };
}

test('the engine’s own directories are closed to others', async () => {
  const { all } = await places();
  await makeDirectories(all, me);
  for (const directory of [all.engine, all.home, all.runtime]) expect((await stat(directory)).mode & 0o777).toBe(0o710);
});

test.runIf(me.uid === 0)('a runtime directory behind another user’s link is refused', async () => {
  const { home, all } = await places('link');
  await mkdir(join(home, 'real'));
  await symlink(join(home, 'real'), join(home, 'link'));
  await lchown(join(home, 'link'), 12_345, 12_345);
  await expect(makeDirectories(all, me)).rejects.toThrow('belongs to another user (12345)');
});
