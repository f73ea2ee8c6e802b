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
  from: { image: string; golden: string; link: string | undefined },
  config: Pick<Config, 'instance' | 'limits' | 'engineIdleSeconds'>,
): ContainerCreateOptions {
  const names = namesOf(config.instance, of.id);
  const { limits } = config;
  return {
    name: names.container,
    Image: from.image,
    Cmd: [`${LIB}/session`],
    User: READER,
    Hostname: 'slipway',
    WorkingDir: `${HOME}/workspace`,
    Env: [`SLIPWAY_IDLE=${limits.idleSeconds}`, `SLIPWAY_ENGINE_IDLE=${config.engineIdleSeconds}`],
    Labels: sessionLabels(config.instance, of.id, of.madeAt),
    AttachStdin: false,
    AttachStdout: false,
    AttachStderr: false,
    HostConfig: {
      ...unprivileged(),
      AutoRemove: true,
      NetworkMode: names.network,
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

/** The gateway's folder: the session calls the socket in it and can change nothing there. */
function bind(folder: string): MountSettings {
  return { Type: 'bind', Source: folder, Target: LINK, ReadOnly: true };
}
