/** A pull by many nodes at once, as a picture: how much of each image a node has at a moment. Pure. */
import type { Values } from './calculator-answer.ts';
import { pull, showSeconds } from './fleet.ts';

/** Nodes drawn at most; more are said, not drawn. */
export const NODES_DRAWN = 100;

export interface Storm {
  /** Nodes that pull, and how many of them are drawn. */
  readonly pulls: number;
  readonly drawn: number;
  /** Until the last node has the image, seconds. */
  readonly large: number;
  readonly small: number;
}

/** @throws RangeError as `pull` does */
export function storm({ largeMB, smallMB, ...fleet }: Values): Storm {
  const large = pull({ ...fleet, imageMB: largeMB });
  const small = pull({ ...fleet, imageMB: smallMB });
  return {
    pulls: large.pulls,
    drawn: Math.min(large.pulls, NODES_DRAWN),
    large: large.seconds,
    small: small.seconds,
  };
}

/** How much of an image every node has after some seconds, from 0 to 1: all share the registry's link evenly. */
export function haveAt(seconds: number, whole: number): number {
  return Math.min(1, seconds / whole);
}

/** The moment the small image has arrived, in words. */
export function momentText({ pulls, large, small }: Storm): string {
  const nodes = pulls === 1 ? 'The node has' : `All ${pulls} nodes have`;
  const had = haveAt(small, large);
  if (had >= 1) return `${nodes} the large image no later than the small one.`;
  const percent = had * 100;
  const share = percent < 1 ? 'less than a hundredth' : `${Math.round(percent)} %`;
  return `After ${showSeconds(small)}: ${nodes.replace('The', 'the').replace('All', 'all')} the small image, and ${share} of the large one, which takes ${showSeconds(large)}.`;
}
