/** A figure for people: told when it has moved far enough to be seen. */

export type Reading = { used: number; of?: number };

const MIB = 1024 * 1024;

/** Whether a reading says something new: a 256th of the bound, or a MiB where there is none. */
export function worthTelling(last: Reading | undefined, now: Reading): boolean {
  if (!last || last.of !== now.of) return true;
  const step = now.of === undefined ? MIB : Math.max(MIB / 4, now.of / 256);
  return Math.abs(now.used - last.used) >= step;
}
