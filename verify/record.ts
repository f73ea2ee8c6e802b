/** Writes src/measured/: what a run measured, in a form whose changes are easy to read. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { measuredLesson, measuredRun, type MeasuredRun } from '../src/course/measured-schema.ts';
import type { Measured } from './lesson.ts';

/**
 * Writes a lesson's file and its recordings in place of those before.
 * @param folder src/measured
 */
export async function writeLesson(folder: string, slug: string, { lesson, casts }: Measured): Promise<void> {
  await rm(join(folder, slug), { recursive: true, force: true });
  await mkdir(join(folder, slug), { recursive: true });
  for (const [name, text] of casts) await writeFile(join(folder, slug, name), text);
  await writeFile(join(folder, `${slug}.json`), json(measuredLesson.parse(lesson)));
}

export async function writeRun(folder: string, run: MeasuredRun): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'run.json'), json(measuredRun.parse(run)));
}

/** @returns undefined when there has been no run */
export async function readRun(folder: string): Promise<MeasuredRun | undefined> {
  const text = await readFile(join(folder, 'run.json'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : measuredRun.parse(JSON.parse(text));
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
