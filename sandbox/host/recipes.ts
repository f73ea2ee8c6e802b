/** What each image and the golden store are made of, as a hash: the same recipe, the same name, and nothing is made twice. */
import { createHash } from 'node:crypto';
import { privateAuthorities } from './images/authorities.ts';
import type { ContextFile } from './images/context.ts';
import { aptHabits } from './images/debian.ts';
import { golangStandIn } from './images/golang.ts';
import { egressFiles } from './images/egress.ts';
import { bases, debian, forBases, golang, type Base } from './images/pins.ts';
import { standInFiles } from './images/stand-ins.ts';
import { worldFiles } from './images/world.ts';

export type Names = Readonly<{
  debian: string;
  golang: string;
  world: string;
  egress: string;
  golden: string;
  bases: Record<Base, string>;
}>;
export type Recipes = {
  names: Names;
  authorities: readonly string[];
  world: readonly ContextFile[];
  egress: readonly ContextFile[];
};

/** How a store is filled, and the ids its files are stored with. */
const goldenSources = /^(bin\/(golden|nested)|etc\/sub[ug]id$)/;

/**
 * Reads everything that goes into the images.
 * @param root the project's directory
 * @param env names further certificate bundles; see authorities.ts
 */
export async function readRecipes(root: string, env: NodeJS.ProcessEnv): Promise<Recipes> {
  const [authorities, world, egress, standIns] = await Promise.all([
    privateAuthorities(env),
    worldFiles(root),
    egressFiles(root),
    standInFiles(),
  ]);
  const debianRecipe = hash([process.arch, JSON.stringify(debian), aptHabits, ...authorities]);
  const golangRecipe = hash([debianRecipe, JSON.stringify(golang), golangStandIn('')]);
  const basesRecipe = hash([debianRecipe, JSON.stringify(bases), ...standIns.flatMap(fileParts)]);
  const worldRecipe = hash([debianRecipe, golangRecipe, ...world.flatMap(fileParts)]);
  const egressRecipe = hash([debianRecipe, ...egress.flatMap(fileParts)]);
  const goldenRecipe = hash([
    golangRecipe,
    basesRecipe,
    ...world.filter(({ name }) => goldenSources.test(name)).flatMap(fileParts),
  ]);
  return {
    names: {
      debian: `slipway/debian:${debianRecipe}`,
      golang: `slipway/golang:${golangRecipe}`,
      bases: forBases((base) => `slipway/${base}:${basesRecipe}`),
      world: `slipway/world:${worldRecipe}`,
      egress: `slipway/egress:${egressRecipe}`,
      golden: `slipway-golden-${goldenRecipe}`,
    },
    authorities,
    world,
    egress,
  };
}

function fileParts(file: ContextFile): (string | Buffer)[] {
  return [file.name, file.mode.toString(8), file.data];
}

/** Each part is hashed with its length, so no two lists of parts look alike. */
function hash(parts: readonly (string | Buffer)[]): string {
  const all = createHash('sha256');
  for (const part of parts) all.update(`${Buffer.byteLength(part)}:`).update(part);
  return all.digest('hex').slice(0, 12);
}
