/** Progress in words. Pure. */
import type { LessonRecord, ProgressRecord } from './record.ts';

/** A lesson of the course, as far as progress counts it. */
export interface Counted {
  readonly slug: string;
  readonly minutes: number;
}

/** "done", "begun" or nothing. */
export function markText(lesson: LessonRecord | undefined): string {
  if (lesson?.done !== undefined) return 'done';
  return lesson?.opened === undefined ? '' : 'begun';
}

/** "3 of 15 lessons done, 74 minutes to go". */
export function countText(course: readonly Counted[], { lessons }: ProgressRecord): string {
  const open = course.filter(({ slug }) => lessons[slug]?.done === undefined);
  const left = open.reduce((sum, { minutes }) => sum + minutes, 0);
  const done = `${course.length - open.length} of ${course.length} lessons done`;
  return left === 0 ? done : `${done}, ${left} minutes to go`;
}
