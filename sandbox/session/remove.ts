/** Removing all that a session has on the host. */
import type Docker from 'dockerode';
import { leaveNetwork } from '../egress/proxy.ts';
import type { Disks } from './disks.ts';
import { statusOf, unlessGone } from '../engine/docker-error.ts';
import { ours } from './labels.ts';
import type { LinkFolders } from './link-folders.ts';
import { namesOf } from './names.ts';

/**
 * Removes the session's container, whatever it is called by now, then its home with its disk, its network and folder. What is already gone is fine, so it can be done again.
 * @throws what dockerode throws when something stays
 */
export async function removeSession(
  docker: Docker,
  instance: string,
  id: string,
  links: LinkFolders | undefined,
  disks: Disks | undefined,
): Promise<void> {
  const names = namesOf(instance, id);
  const containers = await docker.listContainers({ all: true, filters: ours(instance, 'session', id) });
  await Promise.all(containers.map(({ Id }) => removeContainer(docker, Id)));
  await Promise.all([
    unlessGone(docker.getVolume(names.home).remove()).then(() => disks?.release(id)),
    leaveNetwork(docker, instance, names.network).then(() => unlessGone(docker.getNetwork(names.network).remove())),
    links?.remove(id),
  ]);
}

async function removeContainer(docker: Docker, id: string): Promise<void> {
  const container = docker.getContainer(id);
  try {
    await unlessGone(container.remove({ force: true, v: true }));
  } catch (error) {
    // It is removing itself: its home and network are free only when it is gone.
    if (statusOf(error) !== 409) throw error;
    await unlessGone(container.wait({ condition: 'removed' }));
  }
}
