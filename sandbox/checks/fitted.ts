/** Lists cut so that a message fits a frame whatever a session put into them: the oldest and the smallest go first. */
import { MAX_FRAME } from '../protocol/bounds.ts';
import { BUILDS_MOST, IMAGES_MOST, type Build, type ImageSummary, type Layer } from '../protocol/evidence.ts';

/** Left for what is around the list. */
const ROOM = MAX_FRAME - 1024;

export function fittedImages(images: readonly ImageSummary[]): ImageSummary[] {
  return firstThatFit(images.slice(0, IMAGES_MOST));
}

export function fittedBuilds(builds: readonly Build[]): Build[] {
  const newest = builds.slice(0, BUILDS_MOST);
  return fits(newest.slice(0, 1)) ? firstThatFit(newest) : newest.slice(0, 1).map((one) => ({ ...one, steps: [] }));
}

/** Leaves out what is in the layers, the smallest layers first, before it leaves out layers. */
export function fittedLayers(layers: readonly Layer[]): Layer[] {
  const fitted = [...layers];
  const bySize = fitted.map((layer, at) => ({ at, bytes: layer.bytes })).sort((a, b) => a.bytes - b.bytes);
  for (const { at } of bySize) {
    if (fits(fitted)) break;
    const layer = fitted[at];
    if (layer) fitted[at] = { ...layer, largest: [] };
  }
  return firstThatFit(fitted);
}

function firstThatFit<T>(list: readonly T[]): T[] {
  let room = ROOM;
  const end = list.findIndex((one) => (room -= sizeOf(one) + 1) < 0);
  return end < 0 ? [...list] : list.slice(0, end);
}

function fits(list: readonly unknown[]): boolean {
  return sizeOf(list) <= ROOM;
}

function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
