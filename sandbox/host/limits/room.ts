/** Whether the host's own disk has room for one more session. */
import { statfs } from 'node:fs/promises';

/** Bytes that stay free: sessions that live write to this disk too, and none of them is to find it full. */
const RESERVE = 2 * 2 ** 30;

/**
 * @param place a directory on the disk
 * @returns false below the reserve; true where it cannot be seen from here, as on a remote host
 */
export async function hasRoom(place: string, reserve = RESERVE): Promise<boolean> {
  const info = await statfs(place).catch(() => undefined);
  return info === undefined || info.bavail * info.bsize >= reserve;
}
