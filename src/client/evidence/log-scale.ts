/** A scale on which 3 MB beside 800 MB can be seen: each step is ten times the one before. Pure. */
import { sizeText } from '../../course/quantities.ts';

/** Of the scale, in bytes. */
export const SCALE = { least: 1e5, most: 1e10 / 5 } as const;

const span = Math.log10(SCALE.most) - Math.log10(SCALE.least);

/** Where a size lies, from 0 to 1; sizes beyond an end lie at that end. */
export function placeOf(bytes: number): number {
  const at = (Math.log10(Math.max(bytes, 1)) - Math.log10(SCALE.least)) / span;
  return Math.min(1, Math.max(0, at));
}

/** The lines of the scale, each ten times the one before, with its name: 1 MB, 10 MB. */
export const ticks: readonly { readonly place: number; readonly name: string }[] = [1e6, 1e7, 1e8, 1e9].map(
  (bytes) => ({ place: placeOf(bytes), name: sizeText(bytes).replace(/\.0+(?= )/, '') }),
);
