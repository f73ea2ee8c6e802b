/** The directory whose mounts an engine sees: made before the engine starts, for what is mounted below it later. */
import { chmod, chown, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Person } from '../launch/person.ts';
import { which } from '../launch/programs.ts';
import { run } from '../launch/run.ts';
import type { Places } from '../places.ts';
import { mountsBelow } from './mounts.ts';
import { unmount } from './file-system.ts';

const PROGRAMS = ['mkfs.ext4', 'losetup', 'mount', 'umount'];

/** Why sessions cannot have sized disks here; undefined when they can. @param path where programs are looked for */
export async function whyNoDisks(uid: number, path: string): Promise<string | undefined> {
  if (uid !== 0) return 'only root can make sized file systems';
  const missing = PROGRAMS.filter((name) => !which(name, path));
  if (missing.length > 0) return `not installed: ${missing.join(', ')}`;
  const control = await stat('/dev/loop-control').catch(() => undefined);
  return control?.isCharacterDevice() ? undefined : 'this kernel has no loop devices (modprobe loop)';
}

export function disksRoot(places: Pick<Places, 'state'>): string {
  return join(places.state, 'disks');
}

/**
 * Makes the directory a shared mount point of its own, which the engine's mount namespace follows.
 * @param person the engine's user, who may go through it
 * @throws Failure with mount's words
 */
export async function shareDirectory(root: string, person: Person): Promise<void> {
  await mkdir(root, { recursive: true });
  await chown(root, 0, person.gid);
  await chmod(root, 0o710);
  const own = (await mountsBelow(root)).find(({ at }) => at === root);
  const env = { ...process.env, PATH: person.path };
  if (!own) await run('mount', ['--bind', root, root], { env });
  if (!own?.shared) await run('mount', ['--make-shared', root], { env });
}

/** Takes away every mount at and below the directory. */
export async function unshareDirectory(root: string, path: string): Promise<void> {
  for (const { at } of (await mountsBelow(root)).reverse()) await unmount(at, path);
}
