/** The proxy's container and its own network, one of each for an installation. */
import { createHash } from 'node:crypto';
import type { ContainerCreateOptions } from 'dockerode';
import type { Reachable } from '../config/build-hosts.ts';
import { squidSettings } from './squid.ts';

/** On a session's network: what it reaches (`open`, `list` or `none`), as it was made. */
export const EGRESS = 'slipway.egress';
/** On the proxy: what it was made from. */
export const RECIPE = 'slipway.recipe';
export const LIB = '/usr/local/lib/slipway';

const MIB = 1024 * 1024;

export type ProxyNeeds = {
  instance: string;
  image: string;
  reachable: Reachable;
  /** The proxy this machine itself must use. */
  parent: URL | undefined;
};

export function proxyNames(instance: string): { container: string; network: string } {
  return { container: `${instance}-egress`, network: `${instance}-egress-net` };
}

/** `slipway.instance` is for what sessions have; this is nobody's in particular. */
export function proxyLabels(instance: string): Record<string, string> {
  return { 'slipway.egress-of': instance, 'slipway.role': 'egress' };
}

/** What the proxy is made from: another recipe, another proxy. */
export function proxyRecipe(needs: ProxyNeeds): string {
  const parts = [needs.image, squidSettings(needs.reachable, needs.parent)];
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16);
}

/**
 * What Docker is asked for: an ordinary user without a capability, a read-only root, the engine's own system-call filter, no forwarding of
 * packets. Its output, one line for each request, is kept in two files of 8 MiB. It is started again whenever it ends.
 */
export function proxyContainer(needs: ProxyNeeds): ContainerCreateOptions {
  const names = proxyNames(needs.instance);
  return {
    name: names.container,
    Image: needs.image,
    User: 'proxy',
    Hostname: 'slipway-egress',
    Env: [`SQUID_SETTINGS=${squidSettings(needs.reachable, needs.parent)}`],
    Labels: { ...proxyLabels(needs.instance), [RECIPE]: proxyRecipe(needs) },
    StopTimeout: 2,
    HostConfig: {
      NetworkMode: names.network,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      ReadonlyRootfs: true,
      Tmpfs: { '/tmp': 'rw,nosuid,nodev,noexec,size=16m', '/run': 'rw,nosuid,nodev,noexec,size=1m,uid=13,gid=13' },
      Sysctls: { 'net.ipv4.ip_forward': '0' },
      Memory: 512 * MIB,
      MemorySwap: 512 * MIB,
      PidsLimit: 64,
      Ulimits: [
        { Name: 'nofile', Soft: 16_384, Hard: 16_384 },
        { Name: 'core', Soft: 0, Hard: 0 },
      ],
      RestartPolicy: { Name: 'unless-stopped' },
      LogConfig: { Type: 'json-file', Config: { 'max-size': '8m', 'max-file': '2' } },
    },
  };
}
