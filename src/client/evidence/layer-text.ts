/** An image's layers in words. Pure. */
import type { Layer } from '../../../sandbox/protocol/evidence.ts';
import { sizeText } from '../../course/quantities.ts';

/** Instructions that added no bytes, and those that did, in the order of the image. */
export function split(layers: readonly Layer[]): { heavy: readonly Layer[]; empty: readonly Layer[] } {
  return { heavy: layers.filter(({ bytes }) => bytes > 0), empty: layers.filter(({ bytes }) => bytes === 0) };
}

/** A layer's part of the image, from 0 to 1. */
export function shareOf(layer: Pick<Layer, 'bytes'>, layers: readonly Layer[]): number {
  const most = Math.max(...layers.map(({ bytes }) => bytes), 1);
  return layer.bytes / most;
}

/** "5 layers, together 945 MB." */
export function sumText(layers: readonly Layer[]): string {
  const { heavy } = split(layers);
  const sum = heavy.reduce((total, { bytes }) => total + bytes, 0);
  return `${heavy.length} ${heavy.length === 1 ? 'layer' : 'layers'} with something in, together ${sizeText(sum)}.`;
}

/** "and 9 instructions that add nothing"; empty when there are none. */
export function emptyText({ length }: readonly Layer[]): string {
  if (length === 0) return '';
  return length === 1 ? 'One instruction adds nothing' : `${length} instructions add nothing`;
}

/** The largest things in it, the heaviest first. */
export function largestOf({ largest }: Pick<Layer, 'largest'>): Layer['largest'] {
  return largest.toSorted((a, b) => b.bytes - a.bytes);
}

/** "1204 files". */
export function filesText({ files }: Pick<Layer, 'files'>): string {
  return files === 1 ? '1 file' : `${files} files`;
}

/** The instruction; an image that was imported whole, as the stand-ins are, has none to show. */
export function instructionText({ instruction }: Pick<Layer, 'instruction'>): string {
  return instruction === '' ? '(no instruction recorded)' : instruction;
}
