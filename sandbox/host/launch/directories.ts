/** The directories of the host's state and of the engine's run. */
import { chmod, chown, lstat, mkdir, stat } from 'node:fs/promises';
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
  const parent = dirname(places.runtime);
  await mkdir(parent, { recursive: true, mode: 0o700 });
  // A link's own owner counts as well: they could lead it elsewhere later.
  for (const { uid } of [await lstat(parent), await stat(parent)])
    if (uid !== 0 && uid !== person.uid) throw new Error(`${parent} belongs to another user (${uid})`);
  for (const directory of [places.engine, places.home, places.runtime]) {
    await mkdir(directory, { recursive: true });
    await chown(directory, person.uid, person.gid);
    await chmod(directory, 0o710);
  }
}
