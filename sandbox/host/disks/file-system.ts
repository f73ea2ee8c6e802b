/** One sized file system: a sparse image, an ext4 in it, a loop device and a mount. For root alone. */
import { rm, truncate, writeFile } from 'node:fs/promises';
import { run } from '../launch/run.ts';

/**
 * A session's disk ends with it and never outlives the machine's run, so nothing is kept safe from a crash: no journal, no barriers.
 * Blocks are taken from the host when they are first written, and given back when files are removed (`discard`).
 */
const FEATURES = '^has_journal,^resize_inode';
const MOUNT = 'nosuid,nodev,noatime,discard,nobarrier,noinit_itable';

/** @throws Failure with mkfs's words */
export async function makeImage(image: string, bytes: number, path: string): Promise<void> {
  await writeFile(image, '', { mode: 0o600 });
  await truncate(image, bytes);
  const args = ['-q', '-F', '-b', '4096', '-m', '0', '-O', FEATURES, '-E', 'nodiscard,lazy_itable_init=1', image];
  await run('mkfs.ext4', args, { env: { ...process.env, PATH: path } });
}

/**
 * Mounts an image. Direct I/O, where the file system below can do it, keeps its pages from being cached twice.
 * The loop device goes by itself with the last mount.
 * @throws Failure with losetup's or mount's words
 */
export async function mountImage(image: string, at: string, path: string): Promise<void> {
  const env = { ...process.env, PATH: path };
  const attach = (...how: string[]) => run('losetup', ['--find', '--show', ...how, image], { env });
  const device = (await attach('--direct-io=on').catch(() => attach())).trim();
  try {
    await run('mount', ['-t', 'ext4', '-o', MOUNT, device, at], { env });
  } finally {
    await run('losetup', ['--detach', device], { env });
  }
}

/** Unmounts, whoever still looks into it: what is mounted there is seen by nobody new. Nothing mounted there is fine. */
export async function unmount(at: string, path: string): Promise<void> {
  await run('umount', ['--lazy', at], { env: { ...process.env, PATH: path } }).catch((error: unknown) => {
    if (!/not mounted|no mount point|not found/i.test(JSON.stringify(error, ['message', 'tail']))) throw error;
  });
}

export async function removeImage(image: string): Promise<void> {
  await rm(image, { force: true });
}
