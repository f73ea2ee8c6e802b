/** Ranges of subordinate user and group numbers; source: subuid(5). */

export type Range = { owner: string; start: number; count: number };

/** A rootless engine maps this many numbers; sessions need nearly all of them for a namespace of their own. */
export const NEEDED = 65_536;
const FIRST = 100_000;

/** Reads /etc/subuid or /etc/subgid; lines that are none are left out. */
export function readRanges(text: string): Range[] {
  return text.split('\n').flatMap((line) => {
    const match = /^([^:#]+):(\d+):(\d+)\s*$/.exec(line);
    return match ? [{ owner: match[1] ?? '', start: Number(match[2]), count: Number(match[3]) }] : [];
  });
}

/** Whether somebody, by name or number, has one range that is long enough. */
export function hasRange(ranges: readonly Range[], who: { name: string; uid: number }): boolean {
  return ranges.some(({ owner, count }) => (owner === who.name || owner === String(who.uid)) && count >= NEEDED);
}

/** The command that gives somebody a range of each kind which touches none of the given. */
export function rangeCommand(ranges: readonly Range[], name: string): string[] {
  const start = freeStart(ranges);
  const range = `${start}-${start + NEEDED - 1}`;
  return ['usermod', '--add-subuids', range, '--add-subgids', range, name];
}

/** The lowest start, in whole steps of NEEDED, of a range that touches none of the given. */
export function freeStart(ranges: readonly Range[]): number {
  let start = FIRST;
  for (;;) {
    const clash = ranges.find((range) => start < range.start + range.count && range.start < start + NEEDED);
    if (!clash) return start;
    start += NEEDED;
  }
}
