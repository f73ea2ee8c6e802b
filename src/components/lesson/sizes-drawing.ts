/** The picture of two image sizes as path data and words: pure, used by the build and by the browser. */
import { timesText } from '../../course/quantities.ts';
import { stow } from './stow.ts';
import { outline } from './yard.ts';

const ROWS = 10;

export interface SizesDrawing {
  /** Of each yard. Both are equally wide, so that they have one scale; neither is higher than what lies in it. */
  readonly viewBoxes: { readonly single: string; readonly multi: string };
  /** In the single-stage image: what the other one leaves behind. */
  readonly rest: string;
  /** In the single-stage image: as much as the other one keeps. */
  readonly ownInSingle: string;
  /** The multi-stage image. */
  readonly own: string;
  /** How many times as large, as a sentence. */
  readonly times: string;
}

/**
 * Draws both images, a box a megabyte.
 * @param singleMB size of the single-stage image
 * @param multiMB size of the multi-stage image
 */
export function drawSizes(singleMB: number, multiMB: number): SizesDrawing {
  const single = stow([Math.max(0, singleMB - multiMB), Math.min(singleMB, multiMB)], ROWS);
  const multi = stow([multiMB], ROWS);
  const columns = Math.max(single.columns, multi.columns, 1);
  return {
    viewBoxes: { single: viewBox(columns, singleMB), multi: viewBox(columns, multiMB) },
    rest: outline(single.holds[0] ?? [], ROWS),
    ownInSingle: outline(single.holds[1] ?? [], ROWS),
    own: outline(multi.holds[0] ?? [], ROWS),
    times:
      singleMB < multiMB
        ? 'The multi-stage image is the larger one.'
        : `The first is ${timesText(singleMB / multiMB)} times as large.`,
  };
}

function viewBox(columns: number, mb: number): string {
  const rows = Math.min(ROWS, Math.max(1, Math.ceil(mb)));
  return `0 ${ROWS - rows} ${columns} ${rows}`;
}
