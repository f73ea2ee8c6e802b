/** The share of the width, in per cent, that the terminal takes: pure. */

export const SHARE = { least: 25, most: 65 } as const;
const STEP = 2;

export function clampShare(share: number): number {
  return Math.min(SHARE.most, Math.max(SHARE.least, Math.round(share)));
}

/** The share when the edge is `left` px from the left of a frame `width` px wide. */
export function shareAt(left: number, width: number): number {
  return clampShare(100 - (left / width) * 100);
}

/** The share after a key on the edge: arrows move the edge their way, Home and End go to the ends; other keys give nothing. */
export function shareAfterKey(key: string, share: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
      return clampShare(share + STEP);
    case 'ArrowRight':
      return clampShare(share - STEP);
    case 'Home':
      return SHARE.least;
    case 'End':
      return SHARE.most;
    default:
      return undefined;
  }
}
