/** The images sessions are made from, and where they come from. */
import { openDocker } from '../docker.ts';
import type { Found } from '../find.ts';
import { goldenReady } from '../images/golden.ts';
import { imageLabels } from '../images/labels.ts';
import { registryAnswers } from '../images/registry.ts';
import type { Names } from '../recipes.ts';
import type { Finding } from './finding.ts';

export async function registry(): Promise<Finding> {
  const what = 'Container registry';
  if (await registryAnswers()) return { what, holds: 'yes', found: 'Docker Hub answers' };
  return { what, holds: 'part', found: 'Docker Hub does not answer: base images are stand-ins of the same contents' };
}

export async function images(names: Names, found: Found | undefined): Promise<Finding> {
  const what = 'Images';
  if (!found) return { what, holds: 'unknown', found: 'they are on an engine, and none is running' };
  const docker = openDocker(found.address, 5_000);
  const [golang, world, golden] = await Promise.all([
    imageLabels(docker, names.golang),
    imageLabels(docker, names.world),
    goldenReady(docker, names.golden),
  ]);
  if (!world || !golden) return { what, holds: 'no', found: 'not made, or of an older recipe', mend: 'npm start' };
  const standIn = golang?.['slipway.stand-in'] === '1';
  return { what, holds: 'yes', found: `made; golang is ${standIn ? 'a stand-in' : "the registry's"}` };
}
