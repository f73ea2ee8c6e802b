/** Figures a lesson shows that its run did not measure, each with those there are. */
import { basename } from 'node:path';
import { complaint } from './complaint.ts';
import type { Figure } from './figure.ts';
import { figureText } from './figure-text.ts';
import type { LessonSource } from './lesson-source.ts';
import type { MeasuredLesson } from './measured-schema.ts';

/** The figures a lesson takes from a run, its own or another's. @param from the slug of the lesson that was run */
export function unmeasured(lesson: LessonSource, from: string, run: MeasuredLesson): string[] {
  const lines = lesson.blocks.filter(({ name }) => name === 'Figure').map(({ line }) => line);
  return lesson.figures.flatMap((figure, index) => {
    if (sourceOf(figure, lesson.slug) !== from || figureText(figure, from, () => run) !== undefined) return [];
    const file = `${basename(lesson.folder)}/index.mdx`;
    const there = choices(figure, run).map((name) => JSON.stringify(name));
    const expected = `what the run of ${from} measured (${there.join(', ') || 'it has none of these'})`;
    return [complaint(file, `Figure, line ${lines[index] ?? 0}`, expected, figure)];
  });
}

/** The lesson a figure was measured in. @param slug of the lesson it stands in */
export function sourceOf(figure: Figure, slug: string): string {
  return 'lesson' in figure ? (figure.lesson ?? slug) : slug;
}

/** What a figure of this kind could have named. */
function choices(figure: Figure, { images, commands, builds, figures }: MeasuredLesson): string[] {
  if ('size' in figure || 'ratio' in figure) return Object.keys(images);
  if ('took' in figure) return commands.map(({ key }) => key);
  if ('captured' in figure) return Object.keys(figures);
  if (!('step' in figure)) return [];
  const files = [...new Set(builds.map(({ file }) => file))];
  if (!files.includes(figure.file)) return files;
  const steps = builds.filter(({ file }) => file === figure.file).flatMap((build) => build.steps);
  return [...new Set(steps.filter(({ state }) => state === 'done').map(({ name }) => name))];
}
