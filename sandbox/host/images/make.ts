/** Makes what is missing of the images and the golden store, from a registry where one answers, else as stand-ins. */
import type Dockerode from 'dockerode';
import type { Config } from '../../config/config.ts';
import { inShort } from '../failure.ts';
import type { Person } from '../launch/person.ts';
import type { Steps } from '../progress/steps.ts';
import type { Recipes } from '../recipes.ts';
import { makeBases } from './bases.ts';
import { bootstrapDebian, finishDebian } from './debian.ts';
import { derive } from './derive.ts';
import { buildEgress } from './egress.ts';
import { buildGolang } from './golang.ts';
import { goldenReady, makeGolden } from './golden.ts';
import { hostLabels, imageLabels } from './labels.ts';
import { debian, golang, type Base } from './pins.ts';
import { readersImages } from './readers-images.ts';
import { pull, registryAnswers } from './registry.ts';
import { fetchToolchain, type Architecture } from './toolchain.ts';
import { buildWorld } from './world.ts';

export type MakeOptions = {
  docker: Dockerode;
  config: Config;
  recipes: Recipes;
  /** Gives who mmdebstrap runs as, when it is needed. */
  bootstrapper: () => Promise<Person>;
  cache: string;
  steps: Steps;
  signal: AbortSignal;
};

/**
 * Makes images and store in their order; what is there already is left as it is.
 * @throws Error in words for people when a part cannot be made
 */
export async function makeImages(options: MakeOptions): Promise<void> {
  const { docker, recipes, config, steps } = options;
  const { names } = recipes;
  const has = async (name: string) => (await imageLabels(docker, name)) !== undefined;
  const [hasDebian, hasGolang, hasWorld, hasEgress, golden, ...hasBases] = await Promise.all([
    has(names.debian),
    has(names.golang),
    has(names.world),
    // Sessions that reach everything, or nothing, need no proxy.
    config.egress.mode === 'list' ? has(names.egress) : true,
    goldenReady(docker, names.golden),
    ...Object.values(names.bases).map(has),
  ]);
  const wanted = (Object.keys(names.bases) as Base[]).filter((_, index) => !hasBases[index]);
  if (hasGolang && hasWorld && hasEgress && golden && wanted.length === 0) return;
  if (!hasDebian || !hasGolang) await makeDebianAndGolang(options, { hasDebian, hasGolang });
  const labels = hostLabels(config.instance, 'world');
  const world = () =>
    steps.step('World image', (say) =>
      buildWorld(docker, { files: recipes.world, ...names, name: names.world, labels }, say),
    );
  const egress = () =>
    steps.step('Egress proxy image', (say) =>
      buildEgress(
        docker,
        {
          files: recipes.egress,
          debian: names.debian,
          name: names.egress,
          labels: hostLabels(config.instance, 'egress-image'),
        },
        say,
      ),
    );
  await both(
    makeBases({ docker, recipes, instance: config.instance, steps }, wanted),
    both(hasWorld ? Promise.resolve() : world(), hasEgress ? Promise.resolve() : egress()),
  );
  if (!golden)
    await steps.step('Golden store of base images', (say) =>
      makeGolden(
        docker,
        {
          volume: names.golden,
          world: names.world,
          instance: config.instance,
          images: readersImages(names),
        },
        say,
      ),
    );
}

async function makeDebianAndGolang(
  options: MakeOptions,
  there: { hasDebian: boolean; hasGolang: boolean },
): Promise<void> {
  const { steps } = options;
  if (await steps.step('Looking for a container registry', () => registryAnswers())) {
    try {
      await fromRegistry(options, there);
      return;
    } catch (error) {
      steps.note(`The registry did not give the images (${inShort(error)}).`);
    }
  }
  steps.note('Base images are made here, as stand-ins; docs/base-images.md says how they differ.');
  await standIns(options, there);
}

async function fromRegistry(
  { docker, config, recipes, steps }: MakeOptions,
  there: { hasDebian: boolean; hasGolang: boolean },
): Promise<void> {
  const { names, authorities } = recipes;
  const labels = hostLabels(config.instance, 'base');
  const folder = { trust: 'folder', shell: names.debian } as const;
  if (!there.hasDebian)
    await steps.step('Debian image from the registry', async (say) => {
      await pull(docker, debian.registry, say);
      await derive(docker, { from: debian.registry, name: names.debian, authorities, labels, ...folder }, say);
    });
  if (!there.hasGolang)
    await steps.step(`Go ${golang.version} image from the registry`, async (say) => {
      await pull(docker, golang.registry, say);
      await derive(docker, { from: golang.registry, name: names.golang, authorities, labels, ...folder }, say);
    });
}

async function standIns(
  { docker, config, recipes, bootstrapper, cache, steps, signal }: MakeOptions,
  there: { hasDebian: boolean; hasGolang: boolean },
): Promise<void> {
  const { names, authorities } = recipes;
  const labels = hostLabels(config.instance, 'base', true);
  if (!(process.arch in golang.toolchain)) throw new Error(`no stand-in can be made for ${process.arch}`);
  const zip = steps.step(`Go ${golang.version} toolchain`, (say) =>
    fetchToolchain(config.goProxy, cache, process.arch as Architecture, say),
  );
  const person = there.hasDebian ? undefined : await bootstrapper();
  const base = !person
    ? Promise.resolve()
    : steps.step('Debian stand-in', async (say) => {
        const raw = `${names.debian}-raw`;
        await bootstrapDebian(docker, { mirror: config.debianMirror, person, name: raw, signal }, say);
        await finishDebian(docker, { from: raw, name: names.debian, authorities, labels }, say);
        await docker.getImage(raw).remove();
      });
  const [toolchain] = await both(zip, base);
  if (!there.hasGolang)
    await steps.step('Go image stand-in', (say) =>
      buildGolang(docker, { base: names.debian, zip: toolchain, name: names.golang, labels }, say),
    );
}

/** Waits for both, so that neither works on alone when the other failed; throws the first failure. */
async function both<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([one, other]);
  return Promise.all([one, other]);
}
