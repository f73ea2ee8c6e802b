/** Container registries: whether they answer, and pulling from them. */
import type Dockerode from 'dockerode';
import type { Say } from '../progress/steps.ts';

const DOCKER_HUB = 'registry-1.docker.io';
const STALLED_AFTER_MS = 60_000;

/** The host of the registry that a reference belongs to; source: distribution/reference, splitDockerDomain. */
export function registryOf(reference: string): string {
  const [first = '', ...rest] = reference.split('/');
  return rest.length > 0 && /[.:]|^localhost$/.test(first) ? first : DOCKER_HUB;
}

/** Whether a registry answers within 4 s. 401 is Docker Hub's usual answer to somebody it does not know. */
export async function registryAnswers(host = DOCKER_HUB): Promise<boolean> {
  return fetch(`https://${host}/v2/`, { signal: AbortSignal.timeout(4_000) }).then(
    ({ status }) => status === 401 || status === 200,
    () => false,
  );
}

/**
 * Pulls an image by tag, or by tag and digest.
 * @throws Error when the registry refuses or nothing moves for a minute
 */
export async function pull(docker: Dockerode, reference: string, say: Say): Promise<void> {
  const stop = new AbortController();
  const stream = await docker.pull(reference, { abortSignal: stop.signal });
  const layers = new Map<string, { current: number; total: number }>();
  const stalled = setInterval(() => stop.abort(new Error('the registry stopped sending')), STALLED_AFTER_MS);
  try {
    await new Promise<void>((resolve, reject) => {
      docker.modem.followProgress(
        stream,
        (error) => (error ? reject(error) : resolve()),
        (event: PullEvent) => {
          stalled.refresh();
          const { id, status, progressDetail } = event;
          if (id && status === 'Downloading' && progressDetail?.total)
            layers.set(id, { current: progressDetail.current ?? 0, total: progressDetail.total });
          const sum = [...layers.values()].reduce((all, layer) => all + layer.current, 0);
          if (sum > 0) say(`${(sum / 1e6).toFixed(0)} MB fetched${status === 'Extracting' ? ', unpacking' : ''}`);
        },
      );
    });
  } finally {
    clearInterval(stalled);
  }
}

type PullEvent = { id?: string; status?: string; progressDetail?: { current?: number; total?: number } };
