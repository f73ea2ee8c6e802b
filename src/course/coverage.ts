/** Is everything that lessons show measured, and everything measured still shown? */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LessonSource } from './lesson-source.ts';
import { measuredLesson, type MeasuredLesson } from './measured-schema.ts';
import { sourceOf, unmeasured } from './unmeasured.ts';

/**
 * What is missing from src/measured or left over in it, in words.
 * @param folder src/measured
 */
export function uncovered(course: readonly LessonSource[], folder: string): string[] {
  const measured = new Map(course.map(({ slug }) => [slug, readMeasured(folder, slug)]));
  const missing = course.flatMap((lesson) => {
    const { slug, commands, figures } = lesson;
    const run = measured.get(slug);
    const known = new Map(run?.commands.map((command) => [command.key, command]));
    const unverified = commands.filter(({ key, run: line }) => {
      const command = known.get(key);
      return command?.run !== line || !existsSync(join(folder, command.cast));
    });
    const sources = new Set(figures.map((figure) => sourceOf(figure, slug)));
    const notRun = figures.filter(
      (figure) => !('article' in figure) && measured.get(sourceOf(figure, slug)) === undefined,
    );
    return [
      ...unverified.map(
        ({ key }) =>
          `lesson ${slug}: the command ${JSON.stringify(key)} has not been verified: npm run verify -- ${slug}`,
      ),
      ...notRun.map(
        (figure) =>
          `lesson ${slug}: the figure ${JSON.stringify(figure)} has not been measured: npm run verify -- ${sourceOf(figure, slug)}`,
      ),
      ...[...sources].flatMap((from) => {
        const source = measured.get(from);
        return source ? unmeasured(lesson, from, source).map((what) => `${what}: npm run verify -- ${from}`) : [];
      }),
    ];
  });
  return [...missing, ...orphans(course, folder, measured)];
}

function orphans(
  course: readonly LessonSource[],
  folder: string,
  measured: ReadonlyMap<string, MeasuredLesson | undefined>,
): string[] {
  const left = course.flatMap(({ slug, commands }) => {
    const recorded = measured.get(slug)?.commands ?? [];
    const gone = recorded.filter(({ key }) => !commands.some((command) => command.key === key));
    const casts = new Set(recorded.map(({ cast }) => cast));
    const files = existsSync(join(folder, slug)) ? readdirSync(join(folder, slug)) : [];
    return [
      ...gone.map(({ key }) => `lesson ${slug}: ${JSON.stringify(key)} is recorded, and no longer in the lesson`),
      ...files
        .filter((name) => !casts.has(`${slug}/${name}`))
        .map((name) => `src/measured/${slug}/${name}: a recording of no command`),
    ];
  });
  const slugs = new Set(['run', ...course.map(({ slug }) => slug)]);
  const entries = existsSync(folder) ? readdirSync(folder) : [];
  const strangers = entries.filter((name) => !slugs.has(name.replace(/\.json$/, '')));
  return [...left, ...strangers.map((name) => `src/measured/${name}: measured for a lesson that is not there`)];
}

/** @throws Error naming the file, when it has another form */
function readMeasured(folder: string, slug: string): MeasuredLesson | undefined {
  const file = join(folder, `${slug}.json`);
  if (!existsSync(file)) return undefined;
  const read = measuredLesson.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (read.success) return read.data;
  throw new Error(`src/measured/${slug}.json: ${read.error.issues[0]?.path.join('.') ?? ''}: ${read.error.message}`);
}
