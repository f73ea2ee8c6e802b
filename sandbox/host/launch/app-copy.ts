/** A copy of what the gateway needs, owned by root and readable by all: the project may lie where the gateway's user cannot look. */
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { copyReadable, fingerprint } from './tree.ts';

const PARTS = ['package.json', 'sandbox', 'dist', 'src/content/lessons'];
const lockfile = z.object({ packages: z.record(z.string(), z.object({ dev: z.boolean().optional() })) });

/**
 * Brings the copy up to date, and opens the directory it lies in to those who run it. Packages are copied again only when the lock file changed.
 * @returns the Node program in the copy
 */
export async function copyApp(root: string, app: string, node: string): Promise<string> {
  await chmod(dirname(app), 0o755);
  const program = join(app, 'bin/node');
  const packages = join(app, 'packages.stamp');
  const lock = await readFile(join(root, 'package-lock.json'), 'utf8');
  const wanted = `${process.version} ${await fingerprint(root, ['package-lock.json'])}`;
  if ((await readFile(packages, 'utf8').catch(() => '')) !== wanted) {
    await rm(app, { recursive: true, force: true });
    await mkdir(join(app, 'bin'), { recursive: true });
    await copyReadable(node, program);
    for (const name of productionPackages(lock)) {
      await mkdir(dirname(join(app, name)), { recursive: true });
      await copyReadable(join(root, name), join(app, name), (entry) => entry !== 'node_modules');
    }
    await writeFile(packages, wanted);
  }
  for (const part of PARTS) {
    await rm(join(app, part), { recursive: true, force: true });
    await mkdir(dirname(join(app, part)), { recursive: true });
    await copyReadable(join(root, part), join(app, part));
  }
  return program;
}

/** Directories of the packages that are needed to run; the lock file marks the others. */
export function productionPackages(lock: string): string[] {
  const { packages } = lockfile.parse(JSON.parse(lock));
  return Object.entries(packages)
    .filter(([name, { dev }]) => name !== '' && dev !== true)
    .map(([name]) => name);
}
