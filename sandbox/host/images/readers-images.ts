/** The images that every session's engine begins with, and what readers call them. */
import type Dockerode from 'dockerode';
import type { Names } from '../recipes.ts';
import { bases, forBases, golang } from './pins.ts';

/** An image of the host's and the names that readers know it by. */
export type NamedImage = { image: string; names: readonly string[] };

/** All of them, golang first. */
export function readersImages(names: Names): NamedImage[] {
  const small = forBases((base) => ({ image: names.bases[base], names: bases[base].names }));
  return [{ image: names.golang, names: golang.names }, ...Object.values(small)];
}

/** Gives images readers' names on an engine that is Slipway's alone, so that lessons' recipes can be built there too. */
export async function nameImages(docker: Dockerode, images: readonly NamedImage[]): Promise<void> {
  for (const { image, names } of images)
    for (const name of names) {
      const colon = name.lastIndexOf(':');
      await docker.getImage(image).tag({ repo: name.slice(0, colon), tag: name.slice(colon + 1) });
    }
}
