/** The small base images: each from its registry, or a stand-in made of Debian's packages where that does not answer. */
import type Dockerode from 'dockerode';
import { inShort } from '../failure.ts';
import type { Say, Steps } from '../progress/steps.ts';
import type { Recipes } from '../recipes.ts';
import { buildImage } from './build.ts';
import { tar } from './context.ts';
import { derive } from './derive.ts';
import { hostLabels } from './labels.ts';
import { bases, type Base } from './pins.ts';
import { pull, registryAnswers, registryOf } from './registry.ts';
import { standInFiles } from './stand-ins.ts';

type Options = { docker: Dockerode; recipes: Recipes; instance: string; steps: Steps };

/**
 * Makes some of the bases; the Debian image is there already.
 * @throws Error when one can neither be pulled nor made
 */
export async function makeBases(options: Options, wanted: readonly Base[]): Promise<void> {
  const { steps } = options;
  const registries = [...new Set(wanted.map((base) => registryOf(bases[base].registry)))];
  const answers = await Promise.all(registries.map(registryAnswers));
  const there = registries.filter((_, index) => answers[index]);
  const pulled = new Set<Base>();
  for (const base of wanted.filter((one) => there.includes(registryOf(bases[one].registry)))) {
    try {
      await steps.step(`${title(base)} from the registry`, (say) => fromRegistry(options, base, say));
      pulled.add(base);
    } catch (error) {
      steps.note(`The registry did not give ${title(base)} (${inShort(error)}).`);
    }
  }
  const left = wanted.filter((base) => !pulled.has(base));
  if (left.length > 0)
    await steps.step('Small base images, stand-ins', async (say) => {
      for (const base of left) await standIn(options, base, say);
    });
}

async function fromRegistry({ docker, recipes, instance }: Options, base: Base, say: Say): Promise<void> {
  const { names, authorities } = recipes;
  const { registry: from, trust } = bases[base];
  await pull(docker, from, say);
  const labels = hostLabels(instance, 'base');
  await derive(docker, { from, name: names.bases[base], authorities, labels, trust, shell: names.debian }, say);
}

async function standIn({ docker, recipes, instance }: Options, base: Base, say: Say): Promise<void> {
  const { names } = recipes;
  say(title(base));
  const labels = hostLabels(instance, 'base', true);
  const options = { name: names.bases[base], labels, target: base, args: { DEBIAN: names.debian } };
  await buildImage(docker, tar(await standInFiles()), options, say);
}

function title(base: Base): string {
  return bases[base].names[0];
}
