/** What a lesson begins with, and what solves it: files and commands for the sandbox to carry out as the reader. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Prepare } from '../../sandbox/protocol/messages.ts';
import type { LessonSource } from './lesson-source.ts';
import { filesIn, type WorkspaceFile } from './workspace.ts';

/** Files and steps of a `prepare` message. */
export type Preparation = Pick<Prepare, 'files' | 'steps'>;

/**
 * The start state of a lesson: the workspaces of all lessons up to it and the solutions of those before it, the latest of each file; and
 * the images it needs.
 */
export function startState(course: readonly LessonSource[], lesson: LessonSource): Preparation {
  const files = new Map<string, string>();
  for (const one of course.filter(({ number }) => number <= lesson.number)) {
    for (const { path, text } of filesIn(join(one.folder, 'workspace'))) files.set(path, text);
    if (one === lesson) break;
    for (const { path, text } of filesIn(join(one.folder, 'solution'))) files.set(path, text);
  }
  const earlier = course.filter(({ number }) => number < lesson.number);
  const steps = lesson.data.needs.flatMap((image) => {
    const run = earlier.findLast(({ data }) => data.makes[image] !== undefined)?.data.makes[image];
    return run === undefined ? [] : [making(image, run)];
  });
  return {
    files: withKnown(
      course,
      [...files].map(([path, text]) => ({ path, text })),
    ),
    steps,
  };
}

/** What solves a lesson: the files of its solution, then the commands of `solve`. */
export function solution(course: readonly LessonSource[], lesson: LessonSource): Preparation {
  return {
    files: withKnown(course, filesIn(join(lesson.folder, 'solution'))),
    steps: lesson.data.solve.map((run) => ({ says: run.slice(0, 140), run })),
  };
}

/** What makes the images that a lesson leaves to later ones, where its own commands have not. */
export function forLater({ data }: LessonSource): Preparation {
  return { files: [], steps: Object.entries(data.makes).map(([image, run]) => making(image, run)) };
}

function making(image: string, run: string): Preparation['steps'][number] {
  return { says: `Make ${image}`, run, image };
}

/** Adds to each file the hashes of every version the course ships: whatever else is found there, the reader wrote. */
function withKnown(course: readonly LessonSource[], files: readonly WorkspaceFile[]): Prepare['files'] {
  const shipped = course.flatMap(({ folder }) => [
    ...filesIn(join(folder, 'workspace')),
    ...filesIn(join(folder, 'solution')),
  ]);
  return files.map(({ path, text }) => ({
    path,
    text,
    known: [...new Set(shipped.filter((file) => file.path === path).map((file) => sha256(file.text)))],
  }));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
