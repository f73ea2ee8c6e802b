/** Removing all that a session has on the host. */
import type Docker from 'dockerode';
import { statusOf, unlessGone } from './docker-error.ts';
import type { LinkFolders } from './link-folders.ts';
import { namesOf } from './names.ts';

/**
 * Removes the session's container, then its home, network and folder. What is already gone is fine, so it can be done again.
 * @throws what dockerode throws when something stays
 */
export async function removeSession(
  docker: Docker,
  instance: string,
  id: string,
  links: LinkFolders | undefined,
): Promise<void> {
  const names = namesOf(instance, id);
  await removeContainer(docker, names.container);
  await Promise.all([
    unlessGone(docker.getVolume(names.home).remove()),
    unlessGone(docker.getNetwork(names.network).remove()),
    links?.remove(id),
  ]);
}

async function removeContainer(docker: Docker, name: string): Promise<void> {
  const container = docker.getContainer(name);
  try {
    await unlessGone(container.remove({ force: true, v: true }));
  } catch (error) {
    // It is removing itself: its home and network are free only when it is gone.
    if (statusOf(error) !== 409) throw error;
    await unlessGone(container.wait({ condition: 'removed' }));
  }
}
