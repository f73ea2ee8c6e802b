/** One lesson, as a reader goes through it: start state, nothing done yet, every command, then its solution, and all is done. */
import type { Build, ImageSummary, Layer } from '../sandbox/protocol/evidence.ts';
import type { LessonSource } from '../src/course/lesson-source.ts';
import type { MeasuredLesson } from '../src/course/measured-schema.ts';
import { forLater, solution, startState } from '../src/course/start-state.ts';
import { unmeasured } from '../src/course/unmeasured.ts';
import { cast } from './cast.ts';
import { tryCommand, type Ran } from './commands.ts';
import type { Desk } from './desk.ts';
import type { Progress } from './progress.ts';

/** Milliseconds a start state or a solution may take to make. */
const PREPARE_MS = 15 * 60_000;
/** Milliseconds in which checks must be met after the solution. */
const MET_MS = 10_000;

/** What a run of a lesson measured: its file, and the recordings by their name. */
export interface Measured {
  readonly lesson: MeasuredLesson;
  readonly casts: ReadonlyMap<string, string>;
}

/**
 * Goes through a lesson.
 * @param course all lessons, for what earlier ones leave behind
 * @returns undefined when anything was not as the lesson says; progress has been told what
 */
export async function verifyLesson(
  desk: Desk,
  course: readonly LessonSource[],
  lesson: LessonSource,
  progress: Progress,
): Promise<Measured | undefined> {
  const failed = progress.failures.length;
  const { slug, data } = lesson;
  progress.begin('start state');
  await desk.prepare(startState(course, lesson), PREPARE_MS, (line) => progress.begin(line));
  await desk.typist.run({ run: 'cd ~/workspace && clear' }, 10_000);

  progress.begin('checks before');
  for (const { id, verdict, saw } of await desk.watch(data.checks)) {
    if (verdict !== 'unmet')
      progress.fail(slug, `check ${id}, before`, `expected unmet, received ${verdict}: ${saw ?? ''}`);
  }
  await desk.lookAgain();
  const before = { images: desk.images, builds: new Set(desk.builds.keys()) };

  const ran = new Map<string, Ran>();
  for (const command of lesson.commands) {
    progress.begin(command.run);
    const verdict = await tryCommand(desk.typist, command);
    if (verdict.wrong === undefined) {
      ran.set(command.key, verdict.ran);
      progress.pass(command.run);
    } else {
      progress.fail(slug, command.run, verdict.wrong);
      await desk.typist.recover();
    }
  }
  await desk.lookAgain();
  const byCommands = [...desk.builds.values()].filter(({ ref }) => !before.builds.has(ref));

  progress.begin('solution');
  await desk.prepare(solution(course, lesson), PREPARE_MS, (line) => progress.begin(line));
  await desk.lookAgain();
  if (data.checks.length > 0) {
    for (const { id, verdict, fault, saw } of await desk.results(MET_MS, (result) => result.verdict === 'met')) {
      if (verdict === 'met') progress.pass(`check ${id}`);
      else progress.fail(slug, `check ${id}, after`, `expected met, received ${verdict} ${fault ?? ''}: ${saw ?? ''}`);
    }
  }
  if (progress.failures.length > failed) return undefined;

  const bySolution = [...desk.builds.values()].filter(
    ({ ref }) => !before.builds.has(ref) && !byCommands.some((one) => one.ref === ref),
  );
  const now = new Date();
  const casts = new Map<string, string>();
  const commands = lesson.commands.map(({ key, run }, index) => {
    const one = ran.get(key);
    if (!one) throw new Error(`${slug}: ${key} did not run`);
    const file = `${String(index + 1).padStart(2, '0')}.cast`;
    casts.set(file, cast(run, one.typed, now));
    return {
      key,
      run,
      exit: one.typed.exit,
      ms: Math.round(one.typed.ms),
      output: one.output,
      cast: `${slug}/${file}`,
    };
  });
  const measured: MeasuredLesson = {
    date: now.toISOString().slice(0, 10),
    commands,
    images: await layered(desk, lesson, before.images),
    builds: [...byCommands, ...bySolution.filter((build) => !byCommands.some((one) => sameBuild(one, build)))],
    figures: Object.assign({}, ...lesson.commands.map(({ key }) => ran.get(key)?.figures ?? {})) as Record<
      string,
      string
    >,
  };
  progress.begin('figures');
  for (const what of unmeasured(lesson, slug, measured)) progress.fail(slug, 'figures', what);
  await makesAll(desk, lesson, progress);
  return progress.failures.length > failed ? undefined : { lesson: measured, casts };
}

/** Whether there are in the end all images that the lesson says it makes. */
async function makesAll(desk: Desk, lesson: LessonSource, progress: Progress): Promise<void> {
  const images = Object.keys(lesson.data.makes);
  if (images.length === 0) return;
  progress.begin('images for later lessons');
  await desk.prepare(forLater(lesson), PREPARE_MS, (line) => progress.begin(line));
  await desk.lookAgain();
  for (const image of images.filter((name) => !desk.images.some(({ tags }) => tags.includes(name)))) {
    progress.fail(
      lesson.slug,
      `makes.${image}`,
      `expected a command that makes it, received "${lesson.data.makes[image] ?? ''}"`,
    );
  }
}

function sameBuild(one: Build, other: Build): boolean {
  return one.file === other.file && one.target === other.target;
}

/** The images a lesson made, needs, or shows, with their layers. */
async function layered(
  desk: Desk,
  { data, blocks }: LessonSource,
  before: readonly ImageSummary[],
): Promise<Record<string, ImageSummary & { layers: Layer[] }>> {
  const shown = blocks.flatMap(({ props }) => [props['image'], props['images'], props['size'], props['ratio']].flat());
  const wanted = new Set<unknown>([...shown, ...data.needs, ...Object.keys(data.makes)]);
  const old = new Set(before.flatMap(({ id, tags }) => tags.map((tag) => `${tag} ${id}`)));
  const images: Record<string, ImageSummary & { layers: Layer[] }> = {};
  for (const image of desk.images) {
    for (const tag of image.tags.filter((tag) => wanted.has(tag) || !old.has(`${tag} ${image.id}`))) {
      images[tag] = { ...image, layers: await desk.layers(tag) };
    }
  }
  return Object.fromEntries(Object.entries(images).sort(([a], [b]) => (a < b ? -1 : 1)));
}
