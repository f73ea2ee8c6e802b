/** The images sessions are made from, and where they come from. */
import { openDocker } from '../docker.ts';
import type { Found } from '../find.ts';
import { goldenReady } from '../images/golden.ts';
import { imageLabels, standInsAmong } from '../images/labels.ts';
import { readersImages, type NamedImage } from '../images/readers-images.ts';
import { registryAnswers } from '../images/registry.ts';
import type { Names } from '../recipes.ts';
import type { Finding } from './finding.ts';

export async function registry(): Promise<Finding> {
  const what = 'Container registry';
  if (await registryAnswers()) return { what, holds: 'yes', found: 'Docker Hub answers' };
  return {
    what,
    holds: 'part',
    found: 'Docker Hub does not answer: base images are stand-ins, see docs/base-images.md',
  };
}

export async function images(names: Names, found: Found | undefined): Promise<Finding> {
  const what = 'Images';
  if (!found) return { what, holds: 'unknown', found: 'they are on an engine, and none is running' };
  const docker = openDocker(found.address, 5_000);
  const readers = readersImages(names);
  const [world, golden, standIns] = await Promise.all([
    imageLabels(docker, names.world),
    goldenReady(docker, names.golden),
    standInsAmong(
      docker,
      readers.map(({ image }) => image),
    ),
  ]);
  if (!world || !golden) return { what, holds: 'no', found: 'not made, or of an older recipe', mend: 'npm start' };
  const told = (some: NamedImage[]) => some.map(({ names: [first] }) => first).join(', ');
  const made = told(readers.filter(({ image }) => standIns.includes(image)));
  const pulled = told(readers.filter(({ image }) => !standIns.includes(image)));
  const origins = [pulled && `from a registry: ${pulled}`, made && `stand-ins: ${made}`].filter((part) => part !== '');
  return { what, holds: 'yes', found: `made; ${origins.join('; ')}` };
}
