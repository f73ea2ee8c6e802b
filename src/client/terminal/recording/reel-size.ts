/** How large a recording's text is: its columns cannot be had narrower, so the text is. */
import { TEXT } from '../preferences.ts';

/** Smaller than this nobody reads it: then it is scrolled sideways. */
const SMALLEST = 9;

/**
 * @param width pixels there are for `cols` columns
 * @param advance a column's width in pixels for each pixel of text size
 * @param chosen the reader's text size; a size other than the usual is added to what fits
 * @param usual the text size of somebody who has set none
 * @returns text size in pixels, in half steps
 */
export function reelTextSize(width: number, cols: number, advance: number, chosen: number, usual: number): number {
  const fits = Math.floor((width / (cols * advance)) * 2) / 2;
  const size = Math.min(usual, Math.max(SMALLEST, fits)) + chosen - usual;
  return Math.min(TEXT.max, Math.max(SMALLEST, size));
}
