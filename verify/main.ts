/** `npm run verify`: every command and check of the course, as a reader meets them; writes what it measured to src/measured/. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tryCourse } from '../src/course/course-source.ts';
import type { LessonSource } from '../src/course/lesson-source.ts';
import { proofread } from '../src/course/proofread.ts';
import { chosen, readArguments, usage, type Wanted } from './arguments.ts';
import { compareLesson } from './compare.ts';
import { Desk } from './desk.ts';
import { verifyLesson } from './lesson.ts';
import { Progress } from './progress.ts';
import { readRun, writeLesson, writeRun } from './record.ts';
import { sandboxFor } from './sandbox.ts';
import { askVersions } from './versions.ts';

const ROOT = join(import.meta.dirname, '..');
const MEASURED = join(ROOT, 'src/measured');

process.exitCode = await main();

async function main(): Promise<number> {
  const begun = performance.now();
  const progress = new Progress((text) => process.stdout.write(text), process.stdout.isTTY);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort(new Error('stopped')));
  try {
    const wanted = readArguments(process.argv.slice(2));
    const { course, lessons, complaints } = toVerify(wanted);
    for (const line of complaints) progress.fail('course', 'lessons as written', line);
    if (complaints.length === 0) await run(course, lessons, wanted, progress, stop.signal);
  } catch (error) {
    if (stop.signal.aborted) {
      progress.note('\nStopped; nothing is left of it.');
      return 130;
    }
    const words = error instanceof Error ? error.message : String(error);
    progress.fail('verify', 'the run itself', error instanceof TypeError ? (error.stack ?? words) : words);
    if (error instanceof Error && 'code' in error) progress.note(usage);
  }
  const { passed, failures } = progress;
  if (failures.length > 0) progress.note(`\nWhat failed:\n${failures.map((line) => `- ${line}`).join('\n')}`);
  const minutes = ((performance.now() - begun) / 60_000).toFixed(1);
  progress.note(`\n${passed} commands and checks passed, ${failures.length} failed, in ${minutes} min`);
  await mkdir(join(ROOT, 'test-results'), { recursive: true });
  await writeFile(join(ROOT, 'test-results/verify.json'), JSON.stringify({ passed, failed: failures.length }));
  return failures.length === 0 ? 0 : 1;
}

/** What is wrong with other lessons is of no concern to the author of one. */
function toVerify({ lessons: names }: Wanted): {
  course: LessonSource[];
  lessons: LessonSource[];
  complaints: string[];
} {
  const read = tryCourse(join(ROOT, 'src/content/lessons'));
  const { course } = read;
  const complaints = [...read.complaints, ...course.flatMap(proofread)];
  if (names.length === 0) return { course, lessons: course, complaints };
  const about = complaints.filter((line) => names.some((name) => isAbout(line, name)));
  return { course, lessons: about.length > 0 ? [] : chosen(course, names), complaints: about };
}

function isAbout(complaint: string, name: string): boolean {
  const folder = complaint.split('/', 1)[0] ?? '';
  return folder === name || folder.slice(3) === name || Number(folder.slice(0, 2)) === Number(name);
}

async function run(
  course: readonly LessonSource[],
  lessons: readonly LessonSource[],
  { check, keep }: Wanted,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  await using sandbox = await sandboxFor(ROOT, process.env);
  signal.throwIfAborted();
  const desk = await Desk.open(sandbox.origin);
  await using left = new AsyncDisposableStack();
  if (keep) progress.note(`Session ${desk.reader.session} stays; it is opened by the cookie ${desk.reader.cookie}`);
  else left.use(desk);
  signal.throwIfAborted();
  // What waits for the shell or the sandbox gives up at once when the session ends.
  signal.addEventListener('abort', () => void desk[Symbol.asyncDispose]());
  const now = await askVersions(desk.reader);
  const before = await readRun(MEASURED);
  for (const lesson of lessons) {
    signal.throwIfAborted();
    progress.lesson(`${lesson.number}. ${lesson.data.title}`);
    const measured = await verifyLesson(desk, course, lesson, progress).catch((error: unknown) => {
      // Without a session there is nothing to go on with.
      if (desk.reader.lost !== undefined || !(error instanceof Error)) throw error;
      progress.fail(lesson.slug, 'the lesson', error.message);
    });
    if (!measured) continue;
    if (check) await compareLesson(MEASURED, lesson.slug, measured.lesson, { now, before }, progress);
    else {
      await writeLesson(MEASURED, lesson.slug, measured);
      await writeRun(MEASURED, now);
    }
  }
}
