/** The golden store: a volume with the base images as every session's engine finds them. */
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type Dockerode from 'dockerode';
import { goldenContainer } from '../../world/shape.ts';
import type { Say } from '../progress/steps.ts';
import { hostLabels, missing } from './labels.ts';
import type { NamedImage } from './readers-images.ts';

export type GoldenOptions = {
  volume: string;
  world: string;
  instance: string;
  images: readonly NamedImage[];
};

/**
 * Whether the store is there and was finished: the container that fills it is removed only when it is. A volume without our label is one
 * that an engine made, empty, for a container that named it.
 */
export async function goldenReady(docker: Dockerode, volume: string): Promise<boolean> {
  const there = await Promise.all([
    found(docker.getVolume(volume).inspect()),
    found(docker.getContainer(maker(volume)).inspect()),
  ]);
  return isGolden(there[0]) && there[1] === undefined;
}

/**
 * Fills a new store: an engine is started on it in a container of a session's shape, the images are streamed into it, and it is stopped.
 * What a broken-off attempt left is removed first.
 * @throws Error with what the container or `docker load` said
 */
export async function makeGolden(docker: Dockerode, options: GoldenOptions, say: Say): Promise<void> {
  const name = maker(options.volume);
  await docker.getContainer(name).remove({ force: true }).catch(unlessMissing);
  await docker.getVolume(options.volume).remove().catch(unlessMissing);
  const container = await docker.createContainer({ name, ...makerContainer(options) });
  await container.start();
  say('saving and loading the images');
  const images = options.images.map(({ image }) => image);
  const sizes = await Promise.all(images.map(async (image) => (await docker.getImage(image).inspect()).Size));
  const size = sizes.reduce((all, one) => all + one, 0);
  await run(container, ['docker', 'load', '--quiet'], { input: await save(docker, images), size }, say);
  for (const { image, names } of options.images)
    for (const tag of names) await run(container, ['docker', 'tag', image, tag]);
  await run(container, ['docker', 'rmi', ...images]);
  say('stopping its engine');
  await container.stop({ t: 120 });
  const { State } = await container.inspect();
  if (State.ExitCode !== 0) throw new Error(`the golden store was not finished: ${await lastLines(container)}`);
  await container.remove();
}

/** The volume is made by the container's creation, so there is none that has no maker and is not finished. */
function makerContainer({ volume, world, instance }: GoldenOptions): Dockerode.ContainerCreateOptions {
  const options = goldenContainer({ image: world, volume, labels: hostLabels(instance, 'golden-maker') });
  const VolumeOptions = {
    NoCopy: false,
    Labels: hostLabels(instance, 'golden'),
    DriverConfig: { Name: 'local', Options: {} },
  };
  const Mounts = options.HostConfig?.Mounts?.map((mount) => ({ ...mount, VolumeOptions }));
  return { ...options, HostConfig: { ...options.HostConfig, ...(Mounts ? { Mounts } : {}) } };
}

/** Several images in one stream, in which a layer they share is once; dockerode can save only one. */
async function save(docker: Dockerode, images: readonly string[]): Promise<NodeJS.ReadableStream> {
  const statusCodes = { 200: true, 500: 'server error' };
  return new Promise((resolve, reject) => {
    docker.modem.dial(
      { path: '/images/get?', method: 'GET', options: { names: images }, isStream: true, statusCodes },
      (error: unknown, stream) =>
        error
          ? reject(error instanceof Error ? error : new Error('the engine does not save the images'))
          : resolve(stream as NodeJS.ReadableStream),
    );
  });
}

async function run(
  container: Dockerode.Container,
  command: string[],
  from?: { input: NodeJS.ReadableStream; size: number },
  say?: Say,
): Promise<void> {
  const exec = await container.exec({
    Cmd: command,
    AttachStdin: from !== undefined,
    AttachStdout: true,
    AttachStderr: true,
  });
  const stream = await exec.start({ hijack: true, stdin: from !== undefined });
  const output = new PassThrough();
  const said: string[] = [];
  output.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  (container.modem as Dockerode['modem']).demuxStream(stream, output, output);
  const ended = new Promise<void>((resolve, reject) => {
    stream.once('end', resolve);
    stream.once('error', reject);
  });
  if (from) {
    let sent = 0;
    from.input.on('data', (chunk: Buffer) => {
      sent += chunk.length;
      say?.(`${Math.min(99, Math.floor((100 * sent) / from.size))} % of ${(from.size / 1e6).toFixed(0)} MB`);
    });
    await pipeline(from.input, stream, { end: true });
  }
  await ended;
  const { ExitCode } = await exec.inspect();
  if (ExitCode !== 0) throw new Error(`${command.join(' ')} ended with ${ExitCode}: ${said.join('').trim()}`);
}

async function lastLines(container: Dockerode.Container): Promise<string> {
  const log = await container.logs({ stdout: true, stderr: true, tail: 20 });
  return log.toString('utf8').replace(/[^\x20-\x7e\n]/g, '');
}

function maker(volume: string): string {
  return `${volume}-maker`;
}

async function found<T>(asked: Promise<T>): Promise<T | undefined> {
  return asked.catch((error: unknown) => {
    unlessMissing(error);
    return undefined;
  });
}

function isGolden(volume: { Labels: Record<string, string> | null } | undefined): boolean {
  return volume?.Labels?.['slipway.role'] === 'golden';
}

function unlessMissing(error: unknown): void {
  if (!missing(error)) throw error;
}
