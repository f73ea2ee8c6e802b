/** Connects to a host that is up and whose images are made; launch/ brings it up and makes them. */
import { mkdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type Dockerode from 'dockerode';
import type { Config } from '../config/config.ts';
import type { Events } from '../observe/events.ts';
import { Problem } from '../protocol/problems.ts';
import { openDocker } from './docker.ts';
import { findDisks } from './disks/find.ts';
import type { Layout } from './disks/layout.ts';
import { findEngine } from './find.ts';
import { hasRoom } from './limits/room.ts';
import { enforcement, type Enforcement } from './limits/enforcement.ts';
import { goldenReady } from './images/golden.ts';
import { imageLabels, standInsAmong } from './images/labels.ts';
import { readersImages } from './images/readers-images.ts';
import { linksFolder } from './links.ts';
import { placesOf, self, troubleFile } from './places.ts';
import { readRecipes } from './recipes.ts';

export type Host = {
  docker: Dockerode;
  kind: string;
  rootless: boolean;
  /** Some base image is a stand-in: its registry did not answer when it was made. */
  standIn: boolean;
  worldImage: string;
  egressImage: string;
  goldenVolume: string;
  /** A folder that the gateway may fill and the host can mount into sessions; undefined on a remote host. */
  links: string | undefined;
  /** Where this host's sized disks are; undefined where nothing bounds a session's disk. */
  disks: Layout | undefined;
  /** Whether its own disk has room for one more session. */
  hasRoom: () => Promise<boolean>;
  /** What holds its sessions to their limits. */
  enforcement: Enforcement;
};

export type Connected = { ok: true; host: Host } | { ok: false; problem: Problem; reasons: string[] };

/**
 * Finds the host and checks that the images and the golden store of the current recipes are on it.
 * @returns the host, or host-missing or image-missing with the reasons in words
 */
export async function connectHost(config: Config, events: Pick<Events, 'hostFound'>): Promise<Connected> {
  const who = self();
  const places = placesOf(config, who);
  const engine = await findEngine(config, places, who);
  if (!engine.ok) {
    const trouble = await readFile(troubleFile(places.state), 'utf8').catch(() => '');
    const reasons = trouble === '' ? engine.reasons : [trouble];
    return { ok: false, problem: new Problem('host-missing'), reasons };
  }
  const { kind, address, facts } = engine.found;
  const docker = openDocker(address);
  const { names } = await readRecipes(fileURLToPath(new URL('../..', import.meta.url)), who.env);
  const [world, egress, golden, standIns] = await Promise.all([
    imageLabels(docker, names.world),
    config.egress.mode === 'list' ? imageLabels(docker, names.egress) : undefined,
    goldenReady(docker, names.golden),
    standInsAmong(
      docker,
      readersImages(names).map(({ image }) => image),
    ),
  ]);
  const reasons = [
    ...(world ? [] : [`${address} has no image ${names.world}; "npm start" makes it`]),
    ...((egress ?? config.egress.mode !== 'list')
      ? []
      : [`${address} has no image ${names.egress}; "npm start" makes it`]),
    ...(golden ? [] : [`${address} has no complete volume ${names.golden}; "npm start" makes it`]),
  ];
  if (reasons.length > 0) return { ok: false, problem: new Problem('image-missing'), reasons };
  events.hostFound({ kind, address });
  const disks = await findDisks(facts.disks, config.limits.diskBytes);
  return {
    ok: true,
    host: {
      docker,
      kind,
      rootless: facts.rootless,
      standIn: standIns.length > 0,
      worldImage: names.world,
      egressImage: names.egress,
      goldenVolume: names.golden,
      links: await makeLinks(address, config.instance),
      disks,
      hasRoom: () => hasRoom(facts.data),
      enforcement: enforcement({ facts, disks: disks !== undefined, egress: config.egress.mode }),
    },
  };
}

/** The links' folder, made; undefined where this process may not write there. */
async function makeLinks(address: string, instance: string): Promise<string | undefined> {
  const folder = linksFolder(address, instance);
  if (folder === undefined) return undefined;
  return mkdir(folder, { recursive: true }).then(
    () => folder,
    () => undefined,
  );
}
