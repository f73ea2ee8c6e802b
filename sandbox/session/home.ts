/** The volume a session's home is: on a disk of its own where there are such, else on the disk all share. */
import type Docker from 'dockerode';
import type { Disks } from './disks.ts';
import { objectLabels } from './labels.ts';
import { namesOf } from './names.ts';

/**
 * Makes the volume. It is filled with the image's home when the container is made.
 * @throws what dockerode throws; the signal's reason
 */
export async function createHome(
  docker: Docker,
  instance: string,
  id: string,
  disks: Disks | undefined,
  signal: AbortSignal,
): Promise<void> {
  const device = await disks?.take(id, signal);
  await docker.createVolume({
    Name: namesOf(instance, id).home,
    Labels: objectLabels(instance, id, 'home'),
    ...(device === undefined ? {} : { Driver: 'local', DriverOpts: { type: 'none', o: 'bind', device } }),
    abortSignal: signal,
  });
}
