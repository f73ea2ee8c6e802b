/** Is what the project ships still true? A run beside what is committed: what must not differ, and by how much it may. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { measuredLesson, type MeasuredLesson, type MeasuredRun } from '../src/course/measured-schema.ts';
import type { Progress } from './progress.ts';

/** Sizes may differ by so much of the committed one. */
const SIZE_TOLERANCE = 0.01;

/** Tells of every difference between a run and the committed figures. Durations and what was printed are not compared. */
export async function compareLesson(
  folder: string,
  slug: string,
  now: MeasuredLesson,
  runs: { now: MeasuredRun; before: MeasuredRun | undefined },
  progress: Progress,
): Promise<void> {
  const text = await readFile(join(folder, `${slug}.json`), 'utf8').catch(() => undefined);
  const parsed = text === undefined ? undefined : measuredLesson.safeParse(JSON.parse(text));
  progress.begin('figures as committed');
  if (!parsed?.success) {
    progress.fail(
      slug,
      'figures as committed',
      `expected src/measured/${slug}.json of a run, received ${text === undefined ? 'no file' : 'another form'}`,
    );
    return;
  }
  const alike =
    runs.before !== undefined && runs.before.standIn === runs.now.standIn && runs.before.arch === runs.now.arch;
  const wrong = differences(parsed.data, now, alike);
  if (wrong.length === 0) progress.pass('figures as committed');
  else progress.fail(slug, 'figures as committed', wrong.join('\n    '));
}

/** @param alike whether both runs had the same kind of base images on the same architecture, so that sizes must agree */
export function differences(committed: MeasuredLesson, now: MeasuredLesson, alike: boolean): string[] {
  const wrong: string[] = [];
  const were = committed.commands.map(({ key }) => key);
  const are = now.commands.map(({ key }) => key);
  for (const key of are.filter((key) => !were.includes(key))) wrong.push(`${key}: expected a recording, received none`);
  for (const key of were.filter((key) => !are.includes(key)))
    wrong.push(`${key}: recorded, but no longer in the lesson`);
  for (const [name, image] of Object.entries(now.images)) {
    const was = committed.images[name];
    if (!was) wrong.push(`image ${name}: expected its figures, received none`);
    else if (alike && Math.abs(image.bytes - was.bytes) > SIZE_TOLERANCE * was.bytes) {
      wrong.push(
        `image ${name}: expected ${was.bytes} bytes within ${SIZE_TOLERANCE * 100} %, received ${image.bytes}`,
      );
    }
  }
  for (const name of Object.keys(committed.images).filter((name) => !(name in now.images))) {
    wrong.push(`image ${name}: measured, but no longer there`);
  }
  for (const name of Object.keys(now.figures).filter((name) => !(name in committed.figures))) {
    wrong.push(`figure ${name}: expected its value, received none`);
  }
  return wrong;
}
