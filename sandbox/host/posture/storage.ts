/** Where images lie: how layers are joined, and whether there is room. */
import { statfs } from 'node:fs/promises';
import { release } from 'node:os';
import { dirname } from 'node:path';
import type { EngineFacts } from '../docker.ts';
import type { Finding, Read } from './finding.ts';

/** Bytes of images and stores, and of a few readers' builds beside them. */
const NEEDED = 8e9;

export async function overlay(read: Read, engine: EngineFacts | undefined, kernel = release()): Promise<Finding> {
  const what = 'Overlay';
  if (engine) {
    const holds = engine.storage === 'overlay2' || engine.storage === 'overlayfs' ? 'yes' : 'part';
    const slow = holds === 'part' ? '; builds are slower than with overlay2' : '';
    return { what, holds, found: `the engine uses ${engine.storage}${slow}` };
  }
  const known = /\boverlay$/m.test((await read('/proc/filesystems')) ?? '');
  const [major = 0, minor = 0] = kernel.split('.').map(Number);
  const inNamespace = major > 5 || (major === 5 && minor >= 11);
  if (!inNamespace) return { what, holds: 'part', found: `Linux ${kernel}: only through FUSE, which is slow` };
  if (!known) return { what, holds: 'unknown', found: 'not loaded yet', mend: 'sudo modprobe overlay' };
  return { what, holds: 'yes', found: `Linux ${kernel} mounts it in user namespaces` };
}

/** Room in the state directory's file system. */
export async function disk(state: string): Promise<Finding> {
  const what = 'Disk';
  for (let place = state; ; place = dirname(place)) {
    const info = await statfs(place).catch(() => undefined);
    if (!info) {
      if (place === '/') return { what, holds: 'unknown', found: `${state} cannot be looked at` };
      continue;
    }
    const free = info.bavail * info.bsize;
    const found = `${(free / 1e9).toFixed(0)} GB free for ${state}`;
    if (free >= NEEDED) return { what, holds: 'yes', found };
    return {
      what,
      holds: 'no',
      found: `${found}; ${NEEDED / 1e9} GB are needed`,
      mend: 'SLIPWAY_STATE=/somewhere/larger npm start',
    };
  }
}
