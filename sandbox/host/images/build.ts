/** One image build through the engine's API with BuildKit, its progress told line by line. */
import type Dockerode from 'dockerode';
import { Failure } from '../failure.ts';
import type { Say } from '../progress/steps.ts';

export type BuildOptions = {
  name: string;
  /** A stage of the Dockerfile; the last one when left out. */
  target?: string;
  args?: Record<string, string>;
  labels?: Record<string, string>;
};

/** dockerode's reader of both builders' progress, which its types leave out. */
type Follower = {
  followProgress(
    stream: NodeJS.ReadableStream,
    finished: (error: Error | null) => void,
    progress: (event: { stream?: string; error?: string }) => void,
  ): void;
};

/**
 * Builds an image from a tar stream and names it.
 * @throws Failure with the last lines the build printed
 */
export async function buildImage(
  docker: Dockerode,
  context: NodeJS.ReadableStream,
  options: BuildOptions,
  say: Say,
): Promise<void> {
  const stream = await docker.buildImage(context, {
    version: '2',
    t: options.name,
    buildargs: { ...proxyArguments(process.env), ...options.args },
    labels: options.labels ?? {},
    ...(options.target === undefined ? {} : { target: options.target }),
  });
  const lines: string[] = [];
  let failure: string | undefined;
  await new Promise<void>((resolve, reject) => {
    (docker as Dockerode & Follower).followProgress(
      stream,
      (error) => (error ? reject(error) : resolve()),
      (event) => {
        if (event.error !== undefined) failure = event.error;
        for (const line of (event.stream ?? '').split('\n')) {
          const text = line.replace(/^\[sha256:\w*\] /, '').trim();
          if (text === '') continue;
          lines.push(text);
          if (/^\[.*\d+\/\d+\]/.test(text)) say(text);
        }
      },
    );
  });
  if (failure !== undefined) throw new Failure(`building ${options.name}: ${failure}`, lines.slice(-20));
}

/** Proxy settings of the launcher, as the build arguments every builder knows. */
export function proxyArguments(env: NodeJS.ProcessEnv): Record<string, string> {
  const names = ['http_proxy', 'https_proxy', 'no_proxy'].flatMap((name) => [name, name.toUpperCase()]);
  return Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
}
