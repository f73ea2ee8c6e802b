/** Settings of the engine Slipway starts: its daemon.json. */
import { release } from 'node:os';
import { DISKS_LABEL } from '../disks/layout.ts';
import type { Places } from '../places.ts';

/**
 * Many small networks, for each session has one of its own; 10.64.0.0/12 in pieces of 16 addresses is 65,536 of them.
 * An engine that sees systemd wants its user's bus; without one it is told to do without, and runs without limits.
 * A label says where sized disks are that its sessions can see.
 * overlay2 can be mounted in a user namespace since Linux 5.11; on older kernels the engine chooses for itself.
 */
export function engineSettings(
  places: Places,
  lacksBus: boolean,
  disks: string | undefined,
  kernel = release(),
): string {
  const [major = 0, minor = 0] = kernel.split('.').map(Number);
  const overlay = major > 5 || (major === 5 && minor >= 11);
  return JSON.stringify(
    {
      'data-root': places.engine,
      ...(overlay ? { 'storage-driver': 'overlay2' } : {}),
      'default-address-pools': [{ base: '10.64.0.0/12', size: 28 }],
      ...(lacksBus ? { 'exec-opts': ['native.cgroupdriver=cgroupfs'] } : {}),
      ...(disks === undefined ? {} : { labels: [`${DISKS_LABEL}=${disks}`] }),
      'log-level': 'warn',
    },
    null,
    2,
  );
}
