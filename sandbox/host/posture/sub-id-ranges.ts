/** Does the engine's user have numbers to give to the users inside? */
import { hasRange, NEEDED, rangeCommand, readRanges } from '../launch/sub-ids.ts';
import type { Finding, Read } from './finding.ts';

/** @param who the user the engine runs as; undefined when there is none yet, for `npm start` makes one as root */
export async function subIdRanges(read: Read, who: { name: string; uid: number } | undefined): Promise<Finding> {
  const what = 'Subordinate ids';
  if (!who) return { what, holds: 'unknown', found: '"npm start" makes the user slipway and its ranges' };
  const [uids, gids] = await Promise.all(
    ['/etc/subuid', '/etc/subgid'].map(async (file) => readRanges((await read(file)) ?? '')),
  );
  if (hasRange(uids ?? [], who) && hasRange(gids ?? [], who))
    return { what, holds: 'yes', found: `${who.name} has ${NEEDED} or more of each kind` };
  return {
    what,
    holds: 'no',
    found: `${who.name} has no range of ${NEEDED}`,
    mend: `sudo ${rangeCommand([...(uids ?? []), ...(gids ?? [])], who.name).join(' ')}`,
  };
}
