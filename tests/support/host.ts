/** The Docker host the tests run on, seen from outside: what a session left, what runs in it. */
import Docker from 'dockerode';

/** @throws Error when DOCKER_HOST is not set: the runner sets it */
export function dockerHost(): Docker {
  const address = process.env['DOCKER_HOST'];
  if (!address?.startsWith('unix://')) throw new Error('DOCKER_HOST must name the test host, as unix:///path');
  return new Docker({ socketPath: address.slice('unix://'.length) });
}

/** Names of every container, network and volume that carries a label. */
export async function leftovers(docker: Docker, label: string): Promise<string[]> {
  const filters = { label: [label] };
  const [containers, networks, volumes] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listNetworks({ filters }),
    docker.listVolumes({ filters }),
  ]);
  return [
    ...containers.map((c) => `container ${c.Names[0] ?? c.Id}`),
    ...networks.map((n) => `network ${n.Name}`),
    ...volumes.Volumes.map((v) => `volume ${v.Name}`),
  ];
}

/** Removes everything an instance made. */
export async function sweep(docker: Docker, instance: string): Promise<void> {
  const filters = { label: [`slipway.instance=${instance}`] };
  for (const { Id } of await docker.listContainers({ all: true, filters })) {
    await docker.getContainer(Id).remove({ force: true, v: true });
  }
  for (const { Id } of await docker.listNetworks({ filters })) await docker.getNetwork(Id).remove();
  const { Volumes } = await docker.listVolumes({ filters });
  for (const { Name } of Volumes) await docker.getVolume(Name).remove();
}
