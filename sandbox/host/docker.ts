/** A client for an engine's address, and what an engine says of itself. */
import Dockerode from 'dockerode';
import { DISKS_LABEL } from './disks/layout.ts';
import { inShort } from './failure.ts';

/** What decides whether an engine can be a host. */
export type EngineFacts = {
  version: string;
  rootless: boolean;
  /** The kernel limits memory, processors and processes of containers. */
  limits: { memory: boolean; cpus: boolean; pids: boolean };
  cgroup: string;
  storage: string;
  seccomp: boolean;
  /** Where sized disks are mounted that this engine's containers can have; undefined where there are none. */
  disks: string | undefined;
  /** Where it keeps images and volumes. */
  data: string;
};

/**
 * A client for `unix:///path` or `tcp://host:port`.
 * @param timeout milliseconds a request may take; left out, any
 */
export function openDocker(address: string, timeout?: number): Dockerode {
  const limit = timeout === undefined ? {} : { timeout };
  if (address.startsWith('unix://')) return new Dockerode({ socketPath: address.slice('unix://'.length), ...limit });
  const { hostname, port } = new URL(address);
  return new Dockerode({ protocol: 'http', host: hostname, port: Number(port || 2375), ...limit });
}

/**
 * Asks an engine what it is.
 * @throws Error in words for people when it does not answer within 5 s
 */
export async function engineFacts(address: string): Promise<EngineFacts> {
  const info = (await openDocker(address, 5_000)
    .info()
    .catch((error: unknown) => {
      throw new Error(unreachable(address, error), { cause: error });
    })) as Info;
  const security = info.SecurityOptions ?? [];
  return {
    version: info.ServerVersion,
    rootless: security.includes('name=rootless'),
    limits: { memory: info.MemoryLimit === true, cpus: info.CpuCfsQuota === true, pids: info.PidsLimit === true },
    cgroup: `v${info.CgroupVersion ?? '1'}, ${info.CgroupDriver ?? 'none'}`,
    storage: info.Driver,
    seccomp: security.some((option) => option.startsWith('name=seccomp')),
    data: info.DockerRootDir,
    disks: info.Labels?.find((label) => label.startsWith(`${DISKS_LABEL}=`))?.slice(DISKS_LABEL.length + 1),
  };
}

type Info = {
  ServerVersion: string;
  SecurityOptions?: string[];
  Labels?: string[] | null;
  DockerRootDir: string;
  MemoryLimit?: boolean;
  CpuCfsQuota?: boolean;
  PidsLimit?: boolean;
  CgroupVersion?: string;
  CgroupDriver?: string;
  Driver: string;
};

function unreachable(address: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return `${address}: there is no such socket`;
  if (code === 'ECONNREFUSED') return `${address}: nothing listens there`;
  if (code === 'EACCES') return `${address}: this user may not use it`;
  return `${address}: ${inShort(error)}`;
}
