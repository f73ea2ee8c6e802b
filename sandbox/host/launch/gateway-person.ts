/** Who the gateway runs as: never root. */
import { stat } from 'node:fs/promises';
import type { Found } from '../find.ts';
import type { Self } from '../places.ts';
import type { Person } from './person.ts';
import { widePath } from './programs.ts';
import { ensureSystemUser, findUser } from './system-user.ts';

/**
 * A plain user runs it as themselves. Root runs it as the owner of the engine's socket, who may use it and is no root;
 * where root or nobody owns one, as the system user, in the group that may use the socket.
 */
export async function gatewayPerson(found: Found | undefined, who: Self): Promise<Person> {
  const path = widePath(who.env['PATH']);
  if (who.uid !== 0) return { name: who.name, uid: who.uid, gid: who.gid, path };
  const socket = found?.address.startsWith('unix://')
    ? await stat(found.address.slice(7)).catch(() => undefined)
    : undefined;
  const owner = socket && socket.uid !== 0 ? await findUser(socket.uid) : undefined;
  if (owner) return { ...owner, path };
  const system = await ensureSystemUser(path);
  return socket && socket.gid !== 0 ? { ...system, gid: socket.gid } : system;
}
