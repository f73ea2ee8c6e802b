/** The figures that pictures are drawn from, in decimal MB: both images of the article's recipes, as verify measured them. */
import { article } from './article.ts';
import { cargoOf } from './cargo.ts';
import { measuredLesson, measuredRun } from './measured.ts';
import { timesText } from './quantities.ts';

export { article };

/** The lesson at whose end both images are there. */
const LESSON = 'multi-stage';

const lesson = measuredLesson(LESSON);
const run = measuredRun();
const single = lesson?.images['goapp:singlestage'];
const multi = lesson?.images['goapp:multistage'];
if (!lesson || !run || !single || !multi) {
  throw new Error(`the images of lesson ${LESSON} have not been measured: npm run verify -- ${LESSON}`);
}

export const measured = {
  singleMB: megabytes(single.bytes),
  multiMB: megabytes(multi.bytes),
  go: run.versions.go,
  how: run.standIn
    ? `Measured in a sandbox with Go ${run.versions.go}, on our own stand-in for the official golang image.`
    : `Measured in a sandbox with Go ${run.versions.go}, on the official golang image.`,
} as const;

/** What the single-stage image is made of. The last is the program itself. */
export const cargo = cargoOf(single.layers, multi.bytes).map(({ what, bytes }) => ({ what, mb: megabytes(bytes) }));

/** How many times as large the single-stage image is, as a whole number from ten up. */
export function timesAsLarge({ singleMB, multiMB }: { readonly singleMB: number; readonly multiMB: number }): string {
  return timesText(singleMB / multiMB);
}

/** To three figures. */
function megabytes(bytes: number): number {
  return Number((bytes / 1e6).toPrecision(3));
}
