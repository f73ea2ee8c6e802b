/** Where sessions' sockets are linked to the gateway: folders beside the engine's socket, one per instance. */
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from './launch/run.ts';

/** The instance's folder; undefined for an engine that is not on this machine. */
export function linksFolder(address: string, instance: string): string | undefined {
  if (!address.startsWith('unix://')) return undefined;
  return join(dirname(address.slice('unix://'.length)), 'slipway-links', instance);
}

/** Removes the folder as its owner, who may have put links in it that root must not follow. */
export async function removeLinks(address: string, instance: string): Promise<void> {
  const folder = linksFolder(address, instance);
  const owner = folder === undefined ? undefined : await stat(folder).catch(() => undefined);
  if (folder === undefined || !owner) return;
  const as = process.getuid?.() === 0 ? { uid: owner.uid, gid: owner.gid } : {};
  await run('rm', ['-rf', '--', folder], as);
}
