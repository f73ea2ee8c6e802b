/** Which sessions have left something behind. */
import type { Found } from './discover.ts';

/** Younger things may belong to a session another process is just making. */
export const GRACE_MS = 60_000;

/**
 * The ids whose container does not run though something of theirs is there, all of it older than the grace.
 * @param known ids that are somebody's business already: alive, being made or being ended
 */
export function orphans(objects: readonly Found[], known: ReadonlySet<string>, now: number): string[] {
  const spared = new Set(known);
  for (const { id, alive, createdAt } of objects) {
    // A date that cannot be read compares as old, and so does one to come: the clock was put back.
    if (alive || Math.abs(now - createdAt) < GRACE_MS) spared.add(id);
  }
  return [...new Set(objects.map(({ id }) => id))].filter((id) => !spared.has(id));
}
