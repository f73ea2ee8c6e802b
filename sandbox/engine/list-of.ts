/** Lists from a reader's engine. A stranger decides how long they are and what is wrong with them. */
import { z } from 'zod';

/**
 * A list that is refused at its first bad entry: zod's own goes on and keeps an issue for each, a gigabyte for two million.
 * @param most entries taken; those after it are left out unread
 */
export function listOf<T>(entry: z.ZodType<T>, most: number) {
  return z.custom<unknown[]>(Array.isArray).transform((list, context) => {
    const taken: T[] = [];
    for (const one of list.slice(0, most)) {
      const parsed = entry.safeParse(one);
      if (!parsed.success) {
        context.addIssue({ code: 'custom', message: 'expected a list of another kind' });
        return z.NEVER;
      }
      taken.push(parsed.data);
    }
    return taken;
  });
}

/** Names and values that are texts; refused at the first that is none. */
export const textsByName = z.custom<Record<string, string>>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((one) => typeof one === 'string'),
);
