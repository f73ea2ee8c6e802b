/** Is everything that lessons show measured, and everything measured still shown? */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { figureText } from './figure-text.ts';
import type { LessonSource } from './lesson-source.ts';
import { measuredLesson, type MeasuredLesson } from './measured-schema.ts';

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
    const unmeasured = figures.filter((figure) => figureText(figure, slug, (name) => measured.get(name)) === undefined);
    return [
      ...unverified.map(({ key }) => `the command ${JSON.stringify(key)} has not been verified`),
      ...unmeasured.map((figure) => `the figure ${JSON.stringify(figure)} has not been measured`),
    ].map((what) => `lesson ${slug}: ${what}: npm run verify -- ${slug}`);
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
