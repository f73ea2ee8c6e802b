/** Copies and fingerprints of directory trees. */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, readFile, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Copies a tree so that every user may read it. Links are followed; what is neither file nor directory is left out.
 * @param keep which names below `from` are copied; left out, all
 */
export async function copyReadable(
  from: string,
  to: string,
  keep: (name: string) => boolean = () => true,
): Promise<void> {
  const info = await stat(from).catch(() => undefined);
  if (info?.isFile()) {
    await copyFile(from, to, constants.COPYFILE_FICLONE);
    await chmod(to, info.mode & 0o100 ? 0o755 : 0o644);
    await utimes(to, info.atime, info.mtime);
  } else if (info?.isDirectory()) {
    await mkdir(to, { recursive: true });
    await chmod(to, 0o755);
    const names = (await readdir(from)).filter(keep);
    for (const name of names) await copyReadable(join(from, name), join(to, name), keep);
  }
}

/** A hash over the names and contents of files and trees; one that is missing counts as missing. */
export async function fingerprint(root: string, paths: readonly string[]): Promise<string> {
  const all = createHash('sha256');
  const add = async (path: string): Promise<void> => {
    const full = join(root, path);
    const info = await stat(full).catch(() => undefined);
    if (info?.isDirectory()) {
      for (const name of (await readdir(full)).sort()) await add(join(path, name));
    } else if (info) {
      const data = await readFile(full);
      all.update(`${path}\0${data.length}\0`).update(data);
    }
  };
  for (const path of paths) await add(path);
  return all.digest('hex');
}
