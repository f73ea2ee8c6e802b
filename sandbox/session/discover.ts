/** What sessions there are on the host, read from the labels. */
import type Docker from 'dockerode';
import { ours, readIdentity, SESSION, type Identity, type Labels } from './labels.ts';

/** Something a session has on the host. `alive`: its running container. */
export type Found = { readonly id: string; readonly createdAt: number; readonly alive: boolean };

export type Discovered = {
  /** Sessions whose container runs. */
  readonly running: readonly { readonly identity: Identity; readonly containerId: string }[];
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
  const running = [];
  for (const one of containers) {
    const alive = one.State === 'running' || one.State === 'paused';
    found(one.Labels, one.Created * 1000, alive);
    const identity = readIdentity(one.Labels);
    if (alive && identity) running.push({ identity, containerId: one.Id });
  }
  return { running, objects };
}
