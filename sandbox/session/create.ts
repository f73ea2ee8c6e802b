/** Making a session: all of it, or nothing is left of it. */
import type Docker from 'dockerode';
import type { Config } from '../config/config.ts';
import type { SessionEgress } from '../egress/egress.ts';
import type { Layout } from '../host/disks/layout.ts';
import type { Enforcement } from '../host/limits/enforcement.ts';
import { Problem } from '../protocol/problems.ts';
import { sessionContainer } from './container.ts';
import type { Disks } from './disks.ts';
import { statusOf } from '../engine/docker-error.ts';
import { createHome } from './home.ts';
import { namesOf } from './names.ts';
import { createNetwork } from './network.ts';
import type { LinkFolders } from './link-folders.ts';
import { boundProcesses } from './process-bound.ts';
import { removeSession } from './remove.ts';

/** The host room's Host, as far as sessions need it. */
export type SessionHost = {
  readonly docker: Docker;
  readonly rootless: boolean;
  readonly worldImage: string;
  readonly goldenVolume: string;
  readonly links: string | undefined;
  readonly disks: Layout | undefined;
  /** Left out: sessions reach what the host reaches. */
  readonly egress?: SessionEgress | undefined;
  readonly hasRoom: () => Promise<boolean>;
  readonly enforcement: Pick<Enforcement, 'memory'>;
};
export type SessionsConfig = Pick<Config, 'instance' | 'limits' | 'pool' | 'engineIdleSeconds'>;

/**
 * Makes and starts a session's container, with its network and home. It is nobody's yet.
 * @returns the running container; its shell and engine come up by themselves
 * @throws Problem host-full when the host's disk is; image-missing or start-failed, after everything made has been removed
 */
export async function createSession(
  of: { id: string; madeAt: Date },
  host: SessionHost,
  links: LinkFolders | undefined,
  disks: Disks | undefined,
  config: SessionsConfig,
  signal: AbortSignal,
): Promise<Docker.Container> {
  const { docker } = host;
  const { instance } = config;
  if (!(await host.hasRoom())) throw new Problem('host-full', 'Its disk is nearly full.');
  const made = await Promise.allSettled([
    links?.make(of.id),
    makeWay(of.id, host, instance, signal),
    createHome(docker, instance, of.id, disks, signal),
  ]);
  try {
    for (const one of made) if (one.status === 'rejected') throw one.reason;
    const proxy = made[1].status === 'fulfilled' ? made[1].value : undefined;
    const wanted = sessionContainer(
      of,
      {
        image: host.worldImage,
        golden: host.goldenVolume,
        link: links?.of(of.id),
        open: (host.egress?.mode ?? 'open') === 'open',
        proxy,
      },
      config,
    );
    const container = await docker.createContainer({ ...wanted, abortSignal: signal });
    await container.start({ abortSignal: signal });
    await host.egress?.seal(container, namesOf(instance, of.id).network);
    // Nobody waits for it: the reader's first keystroke comes later.
    if (host.rootless) void boundProcesses(container, config.limits.pids);
    return container;
  } catch (error) {
    const [removed] = await Promise.allSettled([removeSession(docker, instance, of.id, links, disks)]);
    throw asProblem(error, removed.status === 'rejected' ? [error, removed.reason] : undefined);
  }
}

/** Makes the session's network, and what leads from it to the outside. @returns the proxy's address, where there is one */
async function makeWay(
  id: string,
  host: SessionHost,
  instance: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  await createNetwork(host.docker, instance, id, host.egress?.mode ?? 'open', signal);
  return host.egress?.join(id, namesOf(instance, id).network);
}

function asProblem(error: unknown, both: unknown[] | undefined): Problem {
  const missing = statusOf(error) === 404 && error instanceof Error && /no such image/i.test(error.message);
  return new Problem(missing ? 'image-missing' : 'start-failed', undefined, {
    cause: both ? new AggregateError(both) : error,
  });
}
