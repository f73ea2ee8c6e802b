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
