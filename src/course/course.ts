/** The course as the site shows it: every lesson with its place and its frontmatter, in order. */
import { getCollection } from 'astro:content';
import type { CollectionEntry } from 'astro:content';
import { inOrder, placeOf } from './order.ts';
import type { Place } from './order.ts';

/** A lesson: its place, what its frontmatter says, and the entry to render. */
export interface Lesson extends Place {
  readonly title: string;
  readonly description: string;
  readonly minutes: number;
  readonly entry: CollectionEntry<'lessons'>;
}

/** All lessons in order. Throws, naming the lesson, when numbers or slugs clash. */
export async function course(): Promise<Lesson[]> {
  const entries = await getCollection('lessons');
  return inOrder(entries.map((entry) => ({ ...placeOf(`${entry.id}/index.mdx`), ...entry.data, entry })));
}
