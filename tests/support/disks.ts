/** Sized disks of a test's own size, for gateways of its own: what the launcher does for the host's. */
import { engineFacts } from '../../sandbox/host/docker.ts';
import { DiskPool } from '../../sandbox/host/disks/pool.ts';
import { findUser } from '../../sandbox/host/launch/system-user.ts';
import { widePath } from '../../sandbox/host/launch/programs.ts';
import { dockerHost } from './host.ts';

/** Where the test host's disks are; undefined on a host that has none, or where this process is not root. */
export async function disksOfHost(): Promise<string | undefined> {
  const { disks } = await engineFacts(process.env['DOCKER_HOST'] ?? '');
  return process.getuid?.() === 0 ? disks : undefined;
}

/** Keeps disks of so many MB until it is disposed of. @param root what disksOfHost gave */
export async function openPool(root: string, megabytes: number, ahead = 2): Promise<DiskPool> {
  const user = await findUser('slipway');
  if (!user) throw new Error('no user slipway');
  const docker = dockerHost();
  const failures: unknown[] = [];
  return DiskPool.open(
    {
      root,
      bytes: megabytes * 2 ** 20,
      ahead,
      person: { ...user, path: widePath(process.env['PATH']) },
      volumes: async () => new Set((await docker.listVolumes()).Volumes.map(({ Name }) => Name)),
      failed: (error) => failures.push(error),
    },
    ahead,
  );
}
