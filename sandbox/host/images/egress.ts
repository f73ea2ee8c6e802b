/** The egress proxy's image: sandbox/egress/image/ on the Debian base. */
import { join } from 'node:path';
import type Dockerode from 'dockerode';
import type { Say } from '../progress/steps.ts';
import { buildImage } from './build.ts';
import { filesBelow, tar, type ContextFile } from './context.ts';

/** The files of its build context. */
export function egressFiles(root: string): Promise<ContextFile[]> {
  return filesBelow(join(root, 'sandbox/egress/image'));
}

/** Builds it; what it installs comes from Debian's mirror. */
export async function buildEgress(
  docker: Dockerode,
  options: { files: readonly ContextFile[]; debian: string; name: string; labels: Record<string, string> },
  say: Say,
): Promise<void> {
  const { files, debian, name, labels } = options;
  await buildImage(docker, tar(files), { name, labels, args: { BASE: debian } }, say);
}
