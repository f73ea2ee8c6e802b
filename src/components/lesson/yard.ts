/** Draws stowed boxes as SVG paths, so that the build and the browser draw the same picture. */
import type { Block } from './stow.ts';

/**
 * The outline of blocks as SVG path data, one unit a box, y downwards.
 * @param ground the y of the deck they stand on
 */
export function outline(blocks: readonly Block[], ground: number): string {
  return blocks
    .map(({ x, y, width, height }) => `M${x} ${round(ground - y)}h${width}v${-round(height)}h${-width}z`)
    .join('');
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
