/** What `npm run verify` writes into src/measured/: one file for the run, one for each lesson, recordings beside it. */
import { z } from 'zod';
import { build, imageSummary, layer } from '../../sandbox/protocol/evidence.ts';

/** run.json: where and when. */
export const measuredRun = z.strictObject({
  /** The day of the newest run, YYYY-MM-DD. */
  date: z.iso.date(),
  versions: z.strictObject({ engine: z.string(), buildx: z.string(), go: z.string(), kernel: z.string() }),
  /** Node's name of the processor's architecture. */
  arch: z.string(),
  cpus: z.int().positive(),
  /** Whether the base images were made on the host, not pulled. */
  standIn: z.boolean(),
});
export type MeasuredRun = z.infer<typeof measuredRun>;

export const measuredCommand = z.strictObject({
  key: z.string(),
  run: z.string(),
  exit: z.int(),
  /** From Return to the next prompt. */
  ms: z.number().min(0),
  /** Text as it stood on the screen at the end, colours taken out; cut in the middle when it is long. */
  output: z.string(),
  /** The recording, asciicast v2: a path below src/measured/. */
  cast: z.string(),
});
export type MeasuredCommand = z.infer<typeof measuredCommand>;

/** <slug>.json */
export const measuredLesson = z.strictObject({
  date: z.iso.date(),
  commands: z.array(measuredCommand),
  /** The images with names at the lesson's end, and their layers. */
  images: z.record(z.string(), imageSummary.extend({ layers: z.array(layer) })),
  /** The builds of the lesson, oldest first. */
  builds: z.array(build),
  /** From named groups in `expect`. */
  figures: z.record(z.string(), z.string()),
});
export type MeasuredLesson = z.infer<typeof measuredLesson>;
