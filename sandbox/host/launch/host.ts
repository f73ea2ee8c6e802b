/** A host that is up, with everything sessions are made from on it. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import type { Config } from '../../config/config.ts';
import { openDisks } from './disks.ts';
import { openDocker } from '../docker.ts';
import { findDisks } from '../disks/find.ts';
import { inShort, tellTail } from '../failure.ts';
import type { Found } from '../find.ts';
import { enforcement, whyNotOpen } from '../limits/enforcement.ts';
import { removeLinks } from '../links.ts';
import { makeImages } from '../images/make.ts';
import { nameImages, readersImages } from '../images/readers-images.ts';
import { removeOld } from '../images/prune.ts';
import { troubleFile, type Places, type Self } from '../places.ts';
import type { Steps } from '../progress/steps.ts';
import { readRecipes } from '../recipes.ts';
import { bringUp } from './bring-up.ts';
import { removeSessions } from './clean-up.ts';
import { bootstrapPerson } from './bootstrap-person.ts';
import { unlessStopped } from './unless-stopped.ts';

export type HostOptions = {
  config: Config;
  /** The project's directory. */
  root: string;
  places: Places;
  who: Self;
  steps: Steps;
  signal: AbortSignal;
};

export interface LaunchedHost extends AsyncDisposable {
  /** Undefined: there is no host to be had, and `reasons` say why. */
  found: Found | undefined;
  reasons: readonly string[];
}

/**
 * Brings the host up and makes what is missing on it. What is in the way is kept for the gateway, which tells readers.
 * @throws Error in words when strangers are to be let in and this host does not hold them to every limit
 * Disposing of it removes the instance's sessions and stops the engine, if it is this launcher's to stop.
 */
export async function launchHost(options: HostOptions): Promise<LaunchedHost> {
  const { config, root, places, who, steps, signal } = options;
  const up = await bringUp(options);
  if (!up.ok) return without(places, up.reasons);
  const { found, engine } = up;
  const docker = openDocker(found.address);
  // Disks are the business of whoever stops the engine: nobody is left then who uses them.
  const disks = engine ? await openDisks(options, found) : undefined;
  const refused = whyNotOpen(
    config,
    enforcement({
      facts: found.facts,
      disks: (await findDisks(found.facts.disks, config.limits.diskBytes)) !== undefined,
      egress: config.egress.mode,
    }),
  );
  if (refused !== undefined) {
    await engine?.stop();
    await disks?.[Symbol.asyncDispose]();
    throw new Error(refused);
  }
  let closing = false;
  void engine?.ended.then((how) => {
    if (!closing)
      steps.note(`The engine is gone: ${how}. Stop Slipway and start it again; its log is in ${places.logs}.`);
  });
  const close = async () => {
    closing = true;
    try {
      await removeSessions(docker, config.instance);
      await removeLinks(found.address, config.instance);
    } finally {
      await engine?.stop();
      await disks?.[Symbol.asyncDispose]();
    }
  };
  try {
    signal.throwIfAborted();
    const recipes = await readRecipes(root, who.env);
    const bootstrapper = () => bootstrapPerson(found, who, places, steps);
    const make = { docker, config, recipes, bootstrapper, cache: places.cache, steps, signal };
    await unlessStopped(makeImages(make), signal);
    if (found.kind === 'ours') await nameImages(docker, readersImages(recipes.names));
    await removeOld(docker, recipes.names);
  } catch (error) {
    await close();
    signal.throwIfAborted();
    tellTail(error, steps);
    return without(places, [inShort(error)]);
  }
  await rm(troubleFile(places.state), { force: true });
  return { found, reasons: [], [Symbol.asyncDispose]: close };
}

async function without(places: Places, reasons: string[]): Promise<LaunchedHost> {
  await mkdir(places.state, { recursive: true });
  await writeFile(troubleFile(places.state), reasons.join('\n'));
  return { found: undefined, reasons, [Symbol.asyncDispose]: () => Promise.resolve() };
}
