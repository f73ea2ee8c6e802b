/** The proxy on the host: made when it is missing or of another recipe, and joined to sessions' networks. */
import type Docker from 'dockerode';
import { EGRESS, proxyContainer, proxyLabels, proxyNames, proxyRecipe, RECIPE, type ProxyNeeds } from './container.ts';
import { statusOf, unless, unlessGone } from '../engine/docker-error.ts';
import { PORT } from './squid.ts';

type Inspected = Awaited<ReturnType<Docker.Container['inspect']>>;

/**
 * Makes sure that the proxy runs as it should; one of another recipe, or that cannot start, is replaced, on the same networks.
 * @param closed which networks a proxy that is made anew is not put on, where no other tells
 * @returns its container
 * @throws what dockerode throws
 */
export async function ensureProxy(
  docker: Docker,
  needs: ProxyNeeds,
  closed: (network: string) => boolean = () => false,
): Promise<Docker.Container> {
  const names = proxyNames(needs.instance);
  const container = docker.getContainer(names.container);
  const there = await unlessGone(container.inspect());
  if (there?.Config.Labels[RECIPE] === proxyRecipe(needs)) {
    if (there.State.Running) return container;
    // A network of its that is gone keeps it from starting.
    const started = await container.start().then(
      () => true,
      (error: unknown) => statusOf(error) === 304,
    );
    if (started) return container;
  }
  const all = there ? networksOf(there, names.network) : await listed(docker, needs.instance);
  const networks = all.filter((network) => !closed(network));
  if (there) await unlessGone(container.remove({ force: true }));
  await unless(
    [409],
    docker.createNetwork({
      Name: names.network,
      Driver: 'bridge',
      CheckDuplicate: true,
      Labels: proxyLabels(needs.instance),
    }),
  );
  await docker.createContainer(proxyContainer(needs));
  // Before it starts: whoever waits for it finds it where it was.
  for (const network of networks) await unlessGone(docker.getNetwork(network).connect({ Container: container.id }));
  await container.start();
  return container;
}

/** Removes the proxy and its network. */
export async function removeProxy(docker: Docker, instance: string): Promise<void> {
  const names = proxyNames(instance);
  await unlessGone(docker.getContainer(names.container).remove({ force: true }));
  await unlessGone(docker.getNetwork(names.network).remove());
}

/**
 * Puts the proxy on a session's network.
 * @returns its address there
 * @throws what dockerode throws
 */
export async function joinNetwork(docker: Docker, instance: string, network: string): Promise<string> {
  const { container } = proxyNames(instance);
  await docker.getNetwork(network).connect({ Container: container });
  const address = (await addresses(docker, instance)).get(network);
  if (!address) throw new Error(`the proxy has no address on ${network}`);
  return address;
}

/** Takes the proxy off a session's network, if it is on it. */
export async function leaveNetwork(docker: Docker, instance: string, network: string): Promise<void> {
  const { container } = proxyNames(instance);
  // 403 and 500: it is not on it; the engines' words differ, and the network's removal tells if anything is wrong.
  await unless([403, 404, 500], docker.getNetwork(network).disconnect({ Container: container, Force: true }));
}

/** The proxy's address on each network it is on, its own left out. */
export async function addresses(docker: Docker, instance: string): Promise<Map<string, string>> {
  const names = proxyNames(instance);
  const { NetworkSettings } = await docker.getContainer(names.container).inspect();
  const all = Object.entries(NetworkSettings.Networks).map(([name, { IPAddress }]) => [name, IPAddress] as const);
  return new Map(all.filter(([name, address]) => name !== names.network && address !== ''));
}

export function proxyUrl(address: string): string {
  return `http://${address}:${PORT}`;
}

function networksOf(there: Inspected, own: string): string[] {
  return Object.keys(there.NetworkSettings.Networks).filter((name) => name !== own);
}

/** Networks of sessions that were made to be reached by the proxy. */
async function listed(docker: Docker, instance: string): Promise<string[]> {
  const label = [`slipway.instance=${instance}`, `${EGRESS}=list`];
  return (await docker.listNetworks({ filters: { label } })).map(({ Name }) => Name);
}
