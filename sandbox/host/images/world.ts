/** The world image: the project's sandbox/world/ and the workspace its lessons make together. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type Dockerode from 'dockerode';
import type { Say } from '../progress/steps.ts';
import { buildImage } from './build.ts';
import { filesBelow, tar, type ContextFile } from './context.ts';

/** The files of the world's build context. Lessons' workspaces are laid over one another in the lessons' order. */
export async function worldFiles(root: string): Promise<ContextFile[]> {
  const lessons = join(root, 'src/content/lessons');
  const slugs = (await readdir(lessons, { withFileTypes: true }).catch(() => []))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const workspaces = await Promise.all(
    slugs.map((slug) => filesBelow(join(lessons, slug, 'workspace'), 'workspace/').catch(() => [])),
  );
  const merged = new Map(workspaces.flat().map((file) => [file.name, file]));
  const world = await filesBelow(join(root, 'sandbox/world'));
  return [...world, ...merged.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Builds the world from its files; everything else it needs comes from the two base images and Debian's mirror. */
export async function buildWorld(
  docker: Dockerode,
  options: {
    files: readonly ContextFile[];
    debian: string;
    golang: string;
    name: string;
    labels: Record<string, string>;
  },
  say: Say,
): Promise<void> {
  const { files, name, labels } = options;
  await buildImage(docker, tar(files), { name, labels, args: { BASE: options.debian, GOLANG: options.golang } }, say);
}
