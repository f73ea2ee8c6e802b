/** The course's order: a lesson folder's name, NN-slug, is its number and its address. */

/** Where a lesson stands in the course. */
export interface Place {
  readonly number: number;
  readonly slug: string;
}

/**
 * Reads a lesson's place from the folder it lies in.
 * @param path a path that contains `NN-slug/index.mdx`
 * @throws Error naming the path, when the folder is not named so
 */
export function placeOf(path: string): Place {
  const found = /(?:^|\/)(\d{2})-([a-z0-9]+(?:-[a-z0-9]+)*)\/index\.mdx$/.exec(path);
  if (!found) {
    const name = path.split('/').slice(-2).join('/');
    throw new Error(
      `${name}: folder: expected NN-slug/index.mdx (two digits, then small letters, digits and hyphens), received ${JSON.stringify(name)}`,
    );
  }
  return { number: Number(found[1]), slug: found[2] ?? '' };
}

/** The name of the folder a lesson lies in: its id in the collection, so that a renamed lesson is a new one. Throws as `placeOf` does. */
export function folderOf(path: string): string {
  return folderName(placeOf(path));
}

function folderName({ number, slug }: Place): string {
  return `${String(number).padStart(2, '0')}-${slug}`;
}

/**
 * Puts lessons in order.
 * @throws Error when two lessons have one number or one slug, or a number from 1 on is missing
 */
export function inOrder<T extends Place>(lessons: readonly T[]): T[] {
  const sorted = lessons.toSorted((a, b) => a.number - b.number);
  const slugs = new Set<string>();
  sorted.forEach((lesson, index) => {
    if (lesson.number !== index + 1) {
      throw new Error(`${folderName(lesson)}/index.mdx: number: expected ${index + 1}, received ${lesson.number}`);
    }
    if (slugs.has(lesson.slug)) {
      throw new Error(`${folderName(lesson)}/index.mdx: slug: expected one of its own, received "${lesson.slug}"`);
    }
    slugs.add(lesson.slug);
  });
  return sorted;
}

/** The lessons before and after the one with this slug; undefined at an end, and both when there is no such lesson. */
export function neighbours<T extends Place>(
  ordered: readonly T[],
  slug: string,
): { before: T | undefined; after: T | undefined } {
  const at = ordered.findIndex((lesson) => lesson.slug === slug);
  if (at < 0) return { before: undefined, after: undefined };
  return { before: ordered[at - 1], after: ordered[at + 1] };
}

/** The address of a lesson's page. */
export function hrefOf(lesson: Place): string {
  return `/lessons/${lesson.slug}/`;
}
