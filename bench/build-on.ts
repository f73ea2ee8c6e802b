/** A build through an engine's API. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type Docker from 'dockerode';
import tar from 'tar-stream';

/**
 * Builds a lesson's Dockerfile with BuildKit and without cache, and removes the image.
 * @param lessons folder whose lessons' workspaces make up the build context
 * @throws Error with the build's own message
 */
export async function buildOn(docker: Docker, lessons: string, dockerfile: string): Promise<void> {
  const pack = tar.pack();
  for (const lesson of readdirSync(lessons).sort()) {
    const folder = join(lessons, lesson, 'workspace');
    let names: string[] = [];
    try {
      names = readdirSync(folder);
    } catch {
      continue;
    }
    for (const name of names) pack.entry({ name }, readFileSync(join(folder, name)));
  }
  pack.finalize();
  const tag = `slipway-bench:${process.pid}`;
  const options = { t: tag, dockerfile, nocache: true, version: '2' as const };
  const stream = await docker.buildImage(pack as unknown as NodeJS.ReadableStream, options);
  await new Promise<void>((resolve, reject) => {
    docker.modem.followProgress(stream, (error, events: { error?: string }[]) => {
      const failure = error?.message ?? events.find((event) => event.error)?.error;
      if (failure) reject(new Error(failure));
      else resolve();
    });
  });
  await docker.getImage(tag).remove({ force: true });
}
