/** What processes use, as Linux's /proc tells. */
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** Resident bytes of a process. @throws Error when it is gone */
export async function rss(pid: number): Promise<number> {
  return kilobytes(await readFile(`/proc/${pid}/status`, 'utf8'), 'VmRSS');
}

/** Resident bytes once they have stopped falling: garbage is collected when a process has been idle for a while. */
export async function settled(pid: number): Promise<number> {
  let least = await rss(pid);
  for (let quiet = 0; quiet < 5; quiet++) {
    await sleep(2_000);
    const now = await rss(pid);
    if (now < least - 100_000) quiet = 0;
    least = Math.min(least, now);
  }
  return least;
}

/** Bytes of several processes, each page they share divided among all who share it; NaN when this user may not see it. */
export async function pss(pids: readonly number[]): Promise<number> {
  const each = pids.map(async (pid) => {
    try {
      return kilobytes(await readFile(`/proc/${pid}/smaps_rollup`, 'utf8'), 'Pss');
    } catch (error) {
      // A process that has ended meanwhile uses nothing.
      return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH') ? 0 : NaN;
    }
  });
  return (await Promise.all(each)).reduce((sum, one) => sum + one, 0);
}

/** How many descriptors a process has open. */
export async function descriptors(pid: number): Promise<number> {
  return (await readdir(`/proc/${pid}/fd`)).length;
}

function kilobytes(text: string, field: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? NaN) * 1024;
}
