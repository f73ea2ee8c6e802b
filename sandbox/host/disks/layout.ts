/**
 * Where sessions' sized disks are. The launcher, as root, makes them; gateways, which are not root, take them:
 *
 *     <root>/<MB>/images/<slot>       the sparse image
 *     <root>/<MB>/slots/<slot>/home   its file system, mounted; `home` appears when it is ready
 *     <root>/<MB>/claims/<slot>       whoever makes this file has the slot; it holds the name of a home volume
 *     <root>/<MB>/claims/<slot>.done  the slot is given back; it is wiped, and nobody gets it again
 */
import { join } from 'node:path';

/** The label an engine has whose sessions can see disks mounted below a directory. */
export const DISKS_LABEL = 'slipway.disks';

export type Layout = { images: string; slots: string; claims: string };

/** @param root the directory all pools share; bytes: the size of this pool's disks */
export function layoutOf(root: string, bytes: number): Layout {
  const pool = join(root, String(Math.round(bytes / 2 ** 20)));
  return { images: join(pool, 'images'), slots: join(pool, 'slots'), claims: join(pool, 'claims') };
}

export const HOME = 'home';
export const DONE = '.done';
