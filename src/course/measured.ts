/** What `npm run verify` measured, for the pages: read when the site is built, and named when it is missing. */
import { figure } from './figure.ts';
import { figureText } from './figure-text.ts';
import { measuredLesson as lessonSchema, measuredRun as runSchema } from './measured-schema.ts';
import type { MeasuredCommand, MeasuredLesson, MeasuredRun } from './measured-schema.ts';

const files: Record<string, unknown> = import.meta.glob('../measured/*.json', { eager: true, import: 'default' });
const casts: Record<string, unknown> = import.meta.glob('../measured/*/*.cast', {
  eager: true,
  query: '?url',
  import: 'default',
});
const lessons = new Map<string, MeasuredLesson>();

/** Whether what is not measured yet is shown as such: while a lesson is written. In a build it is an error, but for SLIPWAY_DRAFT=1. */
export const isDraft = import.meta.env.DEV || process.env['SLIPWAY_DRAFT'] === '1';

/** Where and when the newest run was. Undefined before the first. */
export function measuredRun(): MeasuredRun | undefined {
  const run = files['../measured/run.json'];
  return run === undefined ? undefined : runSchema.parse(run);
}

/** What a lesson's run measured. Undefined when there was none. @throws ZodError when the file has another form */
export function measuredLesson(slug: string): MeasuredLesson | undefined {
  const file = files[`../measured/${slug}.json`];
  if (file === undefined) return undefined;
  const lesson = lessons.get(slug) ?? lessonSchema.parse(file);
  lessons.set(slug, lesson);
  return lesson;
}

/** A command's run, and the address of its recording. */
export type RecordedCommand = MeasuredCommand & { readonly castUrl: string };

/**
 * A command's run.
 * @param key as keyOf gives it
 * @returns undefined when it has not been run, in a draft
 * @throws Error naming lesson and command, in a build
 */
export function measuredCommand(slug: string, key: string): RecordedCommand | undefined {
  const command = measuredLesson(slug)?.commands.find((one) => one.key === key);
  const castUrl = command && casts[`../measured/${command.cast}`];
  if (command && typeof castUrl === 'string') return { ...command, castUrl };
  if (isDraft) return undefined;
  throw new Error(
    `lesson ${slug}: the command ${JSON.stringify(key)} has not been verified: npm run verify -- ${slug}`,
  );
}

/**
 * A figure as prose writes it.
 * @param props as an author gave them
 * @returns undefined when it has not been measured, in a draft
 * @throws Error naming lesson and figure: when it is not measured, in a build; when the props mean none, always
 */
export function measuredFigure(slug: string, props: Readonly<Record<string, unknown>>): string | undefined {
  const words = Object.entries(props).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const read = figure.safeParse(props);
  if (!read.success) {
    throw new Error(
      `lesson ${slug}: Figure ${words.join(' ')}: ${read.error.issues.map(({ message }) => message).join('; ')}`,
    );
  }
  const text = figureText(read.data, slug, measuredLesson);
  if (text !== undefined || isDraft) return text;
  throw new Error(`lesson ${slug}: the figure ${words.join(' ')} has not been measured: npm run verify -- ${slug}`);
}
