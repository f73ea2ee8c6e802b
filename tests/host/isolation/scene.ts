/** Sets a scene: a victim with its secrets, an attacker, and what lies around. */
import type Docker from 'dockerode';
import type { Container } from 'dockerode';
import { readdirSync, readFileSync } from 'node:fs';
import { run } from '../../../sandbox/engine/exec.ts';
import { lay, newPlaces } from './canary.ts';
import type { Scene } from './probe.ts';
import { newSecrets } from './secrets.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * Lays a victim's secrets among its surroundings.
 * @param of links: the gateway's folders for the attacker and the victim, as the host sees them; gateway: its port; id: the victim's
 */
export async function setScene(
  around: Surroundings,
  victim: Container,
  attacker: Container,
  of: { links: [string, string]; gateway: number; id: string },
): Promise<Scene> {
  const shared = Object.entries(around.secrets).filter(([kind]) => /^(host|engine|private)-/.test(kind));
  const secrets = { ...newSecrets(), ...Object.fromEntries(shared) };
  const places = newPlaces();
  await lay(victim, secrets, places);
  const { Name, Id, Mounts, NetworkSettings } = await victim.inspect();
  const [network] = Object.values(NetworkSettings.Networks);
  const mounted = (at: string) => Mounts.find(({ Destination }) => Destination === at)?.Source ?? '/none';
  const inside = async (container: Container, script: string) =>
    (await run(container, ['bash', '-c', script])).stdout.toString();
  return {
    secrets,
    targets: {
      ...around.targets,
      ...places,
      B_ID: of.id,
      B_NAME: Name.slice(1),
      B_CONTAINER: Id.slice(0, 12),
      B_IP: network?.IPAddress ?? '',
      GATEWAYS: (await Promise.all([attacker, victim].map((one) => gatewayOf(around.docker, one)))).join(' '),
      B_HOME: mounted('/home/reader'),
      B_PID: hostNumber(places.NAME),
      B_LINK: `${of.links[1]}/gateway.sock`,
      A_LINK: of.links[0],
      GOLDEN_PATH: mounted('/golden'),
      GATEWAY_PORT: String(of.gateway),
    },
    engineId: around.engineId,
    victim: (script) => inside(victim, script),
    attackersOwn: (script) => inside(attacker, script),
    engine: (script) => around.engine(script),
    ownLink: () => readdirSync(of.links[0]).sort().join(' '),
    hostProcessAlive: () => around.processAlive,
  };
}

/** The host's end of a container's network. */
async function gatewayOf(docker: Docker, container: Container): Promise<string> {
  const [network] = Object.values((await container.inspect()).NetworkSettings.Networks);
  const { IPAM } = (await docker.getNetwork(network?.NetworkID ?? '').inspect()) as {
    IPAM?: { Config?: { Gateway?: string }[] };
  };
  return IPAM?.Config?.[0]?.Gateway ?? '';
}

/** The process number on the host of the one process with a name. */
function hostNumber(name: string): string {
  const found = readdirSync('/proc').find((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === name;
    } catch {
      return false;
    }
  });
  if (found === undefined) throw new Error('the canary does not run');
  return found;
}
