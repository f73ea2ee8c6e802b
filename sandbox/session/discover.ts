/** What sessions there are on the host, read from the register. */
import type Docker from 'dockerode';
import { readName, type Claim } from './claim.ts';
import { ours, readLabels, SESSION, type Labels } from './labels.ts';
import { namesOf } from './names.ts';

/** Something a session has on the host. `alive`: its running container. */
export type Found = { readonly id: string; readonly createdAt: number; readonly alive: boolean };

/** A session whose container runs; `claim` is left out while it is nobody's. */
export type Running = {
  readonly id: string;
  readonly containerId: string;
  readonly madeAt: Date;
  readonly claim: Claim | undefined;
};

export type Discovered = {
  readonly running: readonly Running[];
  /** All their containers, homes and networks. */
  readonly objects: readonly Found[];
};

/** Lists this instance's sessions. @throws what dockerode throws */
export async function discover(docker: Docker, instance: string): Promise<Discovered> {
  const filters = ours(instance);
  // Containers last: a session's network and home are there before its container is.
  const [networks, volumes] = await Promise.all([docker.listNetworks({ filters }), docker.listVolumes({ filters })]);
  const containers = await docker.listContainers({ all: true, filters });
  const objects: Found[] = [];
  const found = (labels: Labels | undefined, createdAt: number, alive = false) => {
    const id = labels?.[SESSION];
    if (id) objects.push({ id, createdAt, alive });
  };
  for (const one of networks) found(one.Labels, Date.parse(one.Created));
  for (const one of volumes.Volumes) found(one.Labels, Date.parse('CreatedAt' in one ? String(one.CreatedAt) : ''));
  const running: Running[] = [];
  for (const one of containers) {
    const alive = one.State === 'running' || one.State === 'paused';
    found(one.Labels, one.Created * 1000, alive);
    const session = readLabels(one.Labels);
    if (!alive || !session) continue;
    const claim = readName(namesOf(instance, session.id).container, (one.Names[0] ?? '').slice(1));
    // One that has been given another name is nobody's to have; it ends by itself.
    if (claim !== 'unreadable') running.push({ ...session, containerId: one.Id, claim });
  }
  return { running, objects };
}
