/** What blocks show until the reader's own evidence comes: what was measured, found by the lesson that measured it. */
import type { Build, ImageSummary, Layer } from '../../../sandbox/protocol/evidence.ts';
import { course } from '../../course/course.ts';
import { isDraft, measuredLesson } from '../../course/measured.ts';

/** A thing that was measured, and the day. */
export interface Shown<T> {
  readonly what: T;
  /** YYYY-MM-DD. */
  readonly date: string;
}

export type MeasuredImage = ImageSummary & { readonly layers: readonly Layer[] };

/**
 * An image as a lesson's run left it: this lesson's, or else the newest of those before it that has one of this name.
 * @returns undefined when no run has, in a draft
 * @throws Error naming lesson and image, in a build
 */
export async function shownImage(slug: string, name: string): Promise<Shown<MeasuredImage> | undefined> {
  for (const run of await runsUpTo(slug)) {
    const image = run.images[name];
    if (image) return { what: image, date: run.date };
  }
  missing(slug, `the image ${name}`);
  return undefined;
}

/**
 * The newest build from a Dockerfile, of this lesson or those before it.
 * @param file the Dockerfile's path as given to `docker build -f`
 * @returns undefined when no run has, in a draft
 * @throws Error naming lesson and file, in a build
 */
export async function shownBuild(slug: string, file: string): Promise<Shown<Build> | undefined> {
  for (const run of await runsUpTo(slug)) {
    const build = run.builds.findLast((one) => one.file === file && one.steps.length > 0);
    if (build) return { what: build, date: run.date };
  }
  missing(slug, `a build from ${file}`);
  return undefined;
}

/** The runs of this lesson and those before it, the newest lesson first; a page that is no lesson takes them all. */
async function runsUpTo(slug: string) {
  const lessons = await course();
  const at = lessons.findIndex((lesson) => lesson.slug === slug);
  const upTo = at < 0 ? lessons : lessons.slice(0, at + 1);
  return upTo.toReversed().flatMap((lesson) => measuredLesson(lesson.slug) ?? []);
}

function missing(slug: string, what: string): void {
  if (isDraft) return;
  throw new Error(`lesson ${slug}: ${what} has not been measured: npm run verify -- ${slug}`);
}
