/** The system user whose engine and gateway these are, when root starts Slipway. */
import { readFile } from 'node:fs/promises';
import type { Person } from './person.ts';
import { run } from './run.ts';
import { hasRange, rangeCommand, readRanges } from './sub-ids.ts';

const NAME = 'slipway';

/**
 * The user, made if there is none, with ranges of subordinate numbers long enough for a rootless engine.
 * @throws Error with useradd's or usermod's words
 */
export async function ensureSystemUser(path: string): Promise<Person> {
  const env = { ...process.env, PATH: path };
  let user = await findUser(NAME);
  if (!user) {
    const args = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent'];
    await run('useradd', [...args, '--shell', '/usr/sbin/nologin', NAME], { env });
    user = await findUser(NAME);
  }
  if (!user) throw new Error(`useradd made no user ${NAME}`);
  const [uids, gids] = await Promise.all(['/etc/subuid', '/etc/subgid'].map(rangesIn));
  if (!hasRange(uids ?? [], user) || !hasRange(gids ?? [], user)) {
    const [usermod = '', ...args] = rangeCommand([...(uids ?? []), ...(gids ?? [])], NAME);
    await run(usermod, args, { env });
  }
  return { ...user, path };
}

/** A user of /etc/passwd by name or number. */
export async function findUser(who: string | number): Promise<Omit<Person, 'path'> | undefined> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  const line = lines.find(([name, , uid]) => (typeof who === 'number' ? Number(uid) === who : name === who));
  if (line?.[0] === undefined) return undefined;
  return { name: line[0], uid: Number(line[2]), gid: Number(line[3]) };
}

export async function rangesIn(file: string) {
  return readRanges(await readFile(file, 'utf8').catch(() => ''));
}
