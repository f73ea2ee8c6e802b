/** A build through an engine's API. */
import { join } from 'node:path';
import type Docker from 'dockerode';
import tar from 'tar-stream';
import { filesIn, lessonFolders } from '../src/course/workspace.ts';

/**
 * Builds a lesson's Dockerfile with BuildKit and without cache, and removes the image.
 * @param lessons folder whose lessons' workspaces make up the build context
 * @param buildargs as `--build-arg`
 * @throws Error with the build's own message
 */
export async function buildOn(
  docker: Docker,
  lessons: string,
  dockerfile: string,
  buildargs: Record<string, string> = {},
): Promise<void> {
  const pack = tar.pack();
  const files = new Map(
    lessonFolders(lessons)
      .flatMap((folder) => filesIn(join(lessons, folder, 'workspace')))
      .map(({ path, text }) => [path, text]),
  );
  for (const [name, text] of files) pack.entry({ name }, text);
  pack.finalize();
  const tag = `slipway-bench:${process.pid}`;
  const options = { t: tag, dockerfile, buildargs, nocache: true, version: '2' as const };
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

/** What the docker command in a session adds to every build: the way out to where builds get things. */
export async function proxyArgs(docker: Docker, container: string): Promise<Record<string, string>> {
  const { Config } = await docker.getContainer(container).inspect();
  const pairs = Config.Env.map((line) => /^([^=]*)=(.*)$/s.exec(line)?.slice(1) ?? []);
  const wanted = pairs.filter(([name = '']) => /^(https?|no)_proxy$/i.test(name));
  return Object.fromEntries(wanted.map(([name = '', value = '']) => [name, value]));
}
