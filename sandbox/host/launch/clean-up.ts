/** Removes what an instance's sessions have on the host, and the proxy they share. */
import type Dockerode from 'dockerode';
import { missing } from '../images/labels.ts';

/** Removes containers first, for they hold networks and volumes; what is gone already is left alone. */
export async function removeSessions(docker: Dockerode, instance: string): Promise<number> {
  const filters = { label: [`slipway.instance=${instance}`, 'slipway.session'] };
  const containers = await docker.listContainers({ all: true, filters });
  const shared = { label: [`slipway.egress-of=${instance}`] };
  const proxies = await docker.listContainers({ all: true, filters: shared });
  const all = [...containers, ...proxies];
  await Promise.all(all.map(({ Id }) => gone(docker.getContainer(Id).remove({ force: true, v: true }))));
  const networks = await Promise.all([filters, shared].map((some) => docker.listNetworks({ filters: some })));
  await Promise.all(networks.flat().map(({ Id }) => gone(docker.getNetwork(Id).remove() as Promise<unknown>)));
  const { Volumes } = await docker.listVolumes({ filters });
  await Promise.all(Volumes.map(({ Name }) => gone(docker.getVolume(Name).remove())));
  return containers.length;
}

/** 409: the engine is removing it already. */
async function gone(removal: Promise<unknown>): Promise<void> {
  await removal.catch((error: unknown) => {
    const removing = error instanceof Error && 'statusCode' in error && error.statusCode === 409;
    if (!missing(error) && !removing) throw error;
  });
}
