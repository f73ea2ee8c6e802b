/** The shape every world container has, a session's and the one that fills the golden store: unprivileged, read-only, filtered. */
import type { ContainerCreateOptions, HostConfig } from 'dockerode';
import { seccompProfile } from './seccomp.ts';

/** Programs of ours inside the world. */
export const LIB = '/usr/local/lib/slipway';
export const HOME = '/home/reader';
export const RUNTIME_DIR = '/run/user/1000';
export const GOLDEN = '/golden';
/** Where a session finds the gateway's socket, on hosts that share a file system with the gateway. */
export const LINK = '/run/slipway';
export const READER = '1000:1000';

const tmpfs = (options: string) => `rw,nosuid,nodev,${options}`;

/**
 * What a world container may do. SETUID and SETGID are in the bounding set for newuidmap's and newgidmap's file capabilities alone: no
 * process holds them otherwise. File capabilities are also why no-new-privileges cannot be set; the image has no setuid program instead.
 * Nothing of /proc is masked: a user namespace may mount a /proc of its own only where its parent's is whole.
 */
export function unprivileged(): HostConfig {
  return {
    Privileged: false,
    CapDrop: ['ALL'],
    CapAdd: ['SETUID', 'SETGID'],
    SecurityOpt: [`seccomp=${JSON.stringify(seccompProfile())}`],
    MaskedPaths: [],
    ReadonlyPaths: [],
    Devices: [{ PathOnHost: '/dev/net/tun', PathInContainer: '/dev/net/tun', CgroupPermissions: 'rwm' }],
    ReadonlyRootfs: true,
    Tmpfs: {
      '/tmp': tmpfs('exec,mode=1777,size=256m'),
      '/var/tmp': tmpfs('exec,mode=1777,size=64m'),
      '/run': tmpfs('noexec,mode=755,size=16m'),
      [RUNTIME_DIR]: tmpfs('noexec,mode=700,uid=1000,gid=1000,size=64m'),
    },
    Ulimits: [{ Name: 'core', Soft: 0, Hard: 0 }],
    OomScoreAdj: 500,
    LogConfig: { Type: 'none', Config: {} },
    Init: false,
  };
}

/**
 * The container that fills a golden store: its engine's images are those every session starts with.
 * Load images through an exec of `docker load`, stop it with 120 s of grace; exit code 0 says that the store is complete.
 * @param of image: the world image; volume: the store, new or filled by this before; labels for the container
 */
export function goldenContainer(of: {
  image: string;
  volume: string;
  labels: Record<string, string>;
}): ContainerCreateOptions {
  return {
    Image: of.image,
    Cmd: [`${LIB}/golden`],
    User: READER,
    Hostname: 'slipway-golden',
    Labels: of.labels,
    StopTimeout: 120,
    HostConfig: {
      ...unprivileged(),
      LogConfig: { Type: 'json-file', Config: { 'max-size': '1m' } },
      NetworkMode: 'none',
      Mounts: [{ Type: 'volume', Source: of.volume, Target: GOLDEN }],
    },
  };
}
