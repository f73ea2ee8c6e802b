/** The container a session lives in. */
import type { ContainerCreateOptions, MountSettings } from 'dockerode';
import type { Config } from '../config/config.ts';
import { GOLDEN, HOME, LIB, LINK, READER, unprivileged } from '../world/shape.ts';
import { sessionLabels } from './labels.ts';
import { namesOf } from './names.ts';

/**
 * What Docker is asked for. Memory, processors and processes are bounded where the host can (cgroup v2 with delegation).
 * The container removes itself when its holder ends, so a session nobody comes back to goes even with no gateway running.
 */
export function sessionContainer(
  of: { id: string; madeAt: Date },
  from: {
    image: string;
    golden: string;
    link: string | undefined;
    /** Whether its network leads outside by itself. */
    open: boolean;
    /** The address of the way outside, where there is one. */
    proxy: string | undefined;
  },
  config: Pick<Config, 'instance' | 'limits' | 'engineIdleSeconds'>,
): ContainerCreateOptions {
  const names = namesOf(config.instance, of.id);
  const { limits } = config;
  const base = unprivileged();
  return {
    name: names.container,
    Image: from.image,
    Cmd: [`${LIB}/session`],
    User: READER,
    Hostname: 'slipway',
    WorkingDir: `${HOME}/workspace`,
    Env: [
      `SLIPWAY_IDLE=${limits.idleSeconds}`,
      `SLIPWAY_ENGINE_IDLE=${config.engineIdleSeconds}`,
      ...(from.open ? [] : ['SLIPWAY_NAMELESS=1']),
      ...proxyVariables(from.proxy),
      `SLIPWAY_CONTAINERS=${limits.containers}`,
      `SLIPWAY_IMAGES=${limits.images}`,
    ],
    Labels: sessionLabels(config.instance, of.id, of.madeAt),
    AttachStdin: false,
    AttachStdout: false,
    AttachStderr: false,
    HostConfig: {
      ...base,
      // Of one process, on any host: a program that asks for more is told so by the kernel. Control groups bound all of them together.
      Ulimits: [...(base.Ulimits ?? []), { Name: 'data', Soft: limits.memoryBytes, Hard: limits.memoryBytes }],
      AutoRemove: true,
      NetworkMode: names.network,
      ...(from.open ? {} : nameless),
      Memory: limits.memoryBytes,
      MemorySwap: limits.memoryBytes,
      NanoCpus: Math.round(limits.cpus * 1e9),
      PidsLimit: limits.pids,
      Mounts: [
        { Type: 'volume', Source: names.home, Target: HOME },
        {
          Type: 'volume',
          Source: from.golden,
          Target: GOLDEN,
          ReadOnly: true,
          VolumeOptions: { NoCopy: true, Labels: {}, DriverConfig: { Name: '', Options: {} } },
        },
        ...(from.link === undefined ? [] : [bind(from.link)]),
      ],
    },
  };
}

/**
 * Names of the outside are the proxy's to look up: the host engine's name server has nobody to ask but the session's own loopback, where nobody
 * listens, and which it does not tell. Programs that ask all the same give up after a second.
 */
const nameless = { Dns: ['127.0.0.1'], DnsOptions: ['timeout:1', 'attempts:1'] };

/** Reached without the proxy: the session itself, and the networks its own engine makes. */
const DIRECT = 'localhost,127.0.0.0/8,::1,172.16.0.0/12,192.168.0.0/16';

/** What programs are told of the proxy, in both the spellings there are. */
function proxyVariables(proxy: string | undefined): string[] {
  if (proxy === undefined) return [];
  const told = { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, NO_PROXY: DIRECT };
  return Object.entries(told).flatMap(([name, value]) => [`${name}=${value}`, `${name.toLowerCase()}=${value}`]);
}

/** The gateway's folder: the session calls the socket in it and can change nothing there. */
function bind(folder: string): MountSettings {
  return { Type: 'bind', Source: folder, Target: LINK, ReadOnly: true };
}
