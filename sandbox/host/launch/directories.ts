/** The directories of the host's state and of the engine's run. */
import { chmod, chown, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Places } from '../places.ts';
import type { Person } from './person.ts';

/**
 * Makes them. The state directory stays the launcher's; only the engine's own places belong to its user.
 * @throws Error when the runtime directory lies in one of somebody else's, who could put another socket in its place
 */
export async function makeDirectories(places: Places, person: Person): Promise<void> {
  for (const directory of [places.state, places.cache, places.logs]) await mkdir(directory, { recursive: true });
  await chmod(places.state, 0o755);
  await mkdir(dirname(places.runtime), { recursive: true, mode: 0o700 });
  const { uid } = await stat(dirname(places.runtime));
  if (uid !== 0 && uid !== person.uid) throw new Error(`${dirname(places.runtime)} belongs to another user (${uid})`);
  for (const directory of [places.engine, places.home, places.runtime]) {
    await mkdir(directory, { recursive: true });
    await chown(directory, person.uid, person.gid);
    await chmod(directory, 0o710);
  }
}
