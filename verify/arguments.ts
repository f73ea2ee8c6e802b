/** `npm run verify -- [lesson…] [--check] [--keep]` */
import { parseArgs } from 'node:util';
import type { LessonSource } from '../src/course/lesson-source.ts';

export interface Wanted {
  /** Slugs or numbers; none: all. */
  readonly lessons: readonly string[];
  /** Compare with what is committed, write nothing. */
  readonly check: boolean;
  /** Leave the session there, to look at. */
  readonly keep: boolean;
}

export const usage = `npm run verify -- [lesson…] [--check] [--keep]
  lesson    a slug or a number; left out, the whole course
  --check   compare with src/measured instead of writing it
  --keep    leave the session there`;

/** @throws Error saying what is not understood */
export function readArguments(args: readonly string[]): Wanted {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { check: { type: 'boolean', default: false }, keep: { type: 'boolean', default: false } },
  });
  return { lessons: positionals, check: values.check, keep: values.keep };
}

/**
 * The lessons that are meant.
 * @throws Error naming one that is not there, and those that are
 */
export function chosen(course: readonly LessonSource[], names: readonly string[]): LessonSource[] {
  const missing = names.find((name) => !course.some((lesson) => isMeant(lesson, name)));
  if (missing !== undefined) {
    const there = course.map(({ number, slug }) => `${number} ${slug}`).join(', ');
    throw new Error(`no lesson ${missing} that can be read; there are ${there}`);
  }
  return course.filter((lesson) => names.length === 0 || names.some((name) => isMeant(lesson, name)));
}

function isMeant({ slug, number, folder }: LessonSource, name: string): boolean {
  return name === slug || Number(name) === number || folder.endsWith(`/${name.replace(/\/$/, '')}`);
}
