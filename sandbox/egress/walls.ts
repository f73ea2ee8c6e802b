/** Closing ways that are open. */
import type Docker from 'dockerode';
import type { Config } from '../config/config.ts';
import { run } from '../engine/exec.ts';
import { EGRESS } from './container.ts';
import { unless, unlessGone } from '../engine/docker-error.ts';

export type SessionNetwork = { session: string; name: string; mode: Config['egress']['mode'] };

/** The networks of an installation's sessions, and what each was made to reach. */
export async function networksOfSessions(docker: Docker, instance: string): Promise<SessionNetwork[]> {
  const label = [`slipway.instance=${instance}`, 'slipway.session'];
  const found = await docker.listNetworks({ filters: { label } });
  return found.map(({ Name, Labels }) => {
    const mode = Labels?.[EGRESS];
    return {
      session: Labels?.['slipway.session'] ?? '',
      name: Name,
      mode: mode === 'list' || mode === 'none' ? mode : 'open',
    };
  });
}

type Attached = { Containers?: Record<string, unknown> };

/** Takes a session that somebody has off its network; one that is nobody's yet is removed, and another made in its place. */
export async function closeOff(docker: Docker, instance: string, { session, name }: SessionNetwork): Promise<void> {
  // What this instance calls a session until it is claimed.
  await unless([404, 409], docker.getContainer(`${instance}-${session}`).remove({ force: true, v: true }));
  const there = (await unlessGone(docker.getNetwork(name).inspect())) as Attached | undefined;
  for (const id of Object.keys(there?.Containers ?? {}))
    await unless([403, 404, 500], docker.getNetwork(name).disconnect({ Container: id, Force: true }));
}

/**
 * Leaves a session's own network nothing but the proxy on it: no route to anywhere, nor to the host's end of it, which engines keep open on
 * networks that lead nowhere too. What a program tries all the same fails at once. A socket bound to the interface needs no route and would find
 * whatever the engine's own network namespace answers for, so packets are filtered too. The reader may administer no network of the container's.
 * @throws Error when it is not so afterwards; what dockerode throws
 */
export async function sealNetwork(docker: Docker, session: Docker.Container, network: string): Promise<void> {
  const { IPAM } = (await docker.getNetwork(network).inspect()) as { IPAM?: { Config?: Ends[] } };
  const ends = (IPAM?.Config ?? []).filter(({ Subnet, Gateway }) => Subnet?.includes('.') && Gateway);
  const closed = ends.map(({ Gateway = '' }) => `ip route add prohibit ${Gateway} || exit`);
  const rules = [
    '-A OUTPUT -o lo -j ACCEPT',
    ...ends.flatMap(({ Subnet = '', Gateway = '' }) => [
      `-A OUTPUT -d ${Gateway} -j DROP`,
      `-A OUTPUT -d ${Subnet} -j ACCEPT`,
    ]),
    '-A OUTPUT -j DROP',
  ];
  const script = [
    'while ip route del default 2>/dev/null; do :; done',
    ...closed,
    `printf '%s\\n' '*filter' ${rules.map((rule) => `'${rule}'`).join(' ')} COMMIT | iptables-restore --noflush || exit`,
    '[ -z "$(ip -6 -o address show scope link; ip -6 -o address show scope global)" ] || ip6tables -A OUTPUT ! -o lo -j DROP || exit',
    '[ -z "$(ip route show default)" ] && [ -z "$(ip -6 route show default)" ]',
  ].join('\n');
  const { code, stderr } = await run(session, ['sh', '-c', script], { user: '0:0', privileged: true });
  if (code !== 0) throw new Error(`the session's network stayed open: ${stderr}`);
}

type Ends = { Subnet?: string; Gateway?: string };

/**
 * Ends what a session has open to the proxy, and lets nothing new begin. It is done on the session's side, so that its programs hear of it at once:
 * those of a network that is merely gone wait for minutes.
 * @throws what dockerode throws
 */
export async function endConnections(docker: Docker, instance: string, session: string, proxy: string): Promise<void> {
  const label = [`slipway.instance=${instance}`, `slipway.session=${session}`, 'slipway.role=session'];
  const script = 'ip route replace prohibit "$1"; ss --kill --no-header dst "$1" >/dev/null';
  for (const { Id } of await docker.listContainers({ filters: { label } }))
    await run(docker.getContainer(Id), ['sh', '-c', script, 'end', proxy], { user: '0:0', privileged: true });
}
