/** Reads what an author told a block: one schema for each, and an error that names lesson, block, field, expected and received. */
import type { z } from 'zod';
import { complaintsOf, CourseError } from '../../course/complaint.ts';

/** @param block the block's name @throws CourseError with everything that is wrong */
export function told<S extends z.ZodType>(schema: S, slug: string, block: string, all: Readonly<object>): z.infer<S> {
  const props = authored(all);
  const read = schema.safeParse(props);
  if (read.success) return read.data;
  throw new CourseError(complaintsOf(slug === '' ? 'this page' : `lesson ${slug}`, block, read.error, props));
}

type Props = Readonly<Record<string, unknown>>;

/** Without what Astro adds of its own accord where the page around a block has styles. */
export function authored(props: Readonly<object>): Props {
  return Object.fromEntries(Object.entries(props).filter(([name]) => !name.startsWith('data-astro-')));
}
