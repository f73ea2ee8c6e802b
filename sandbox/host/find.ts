/** Finds an engine that is up and may be used, in the order of the design. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import { engineFacts, type EngineFacts } from './docker.ts';
import { inShort } from './failure.ts';
import type { Places, Self } from './places.ts';

/** given: DOCKER_HOST · own: the user's rootless engine · ours: the one Slipway starts · rootful: allowed by hand. */
export type Kind = 'given' | 'own' | 'ours' | 'rootful';
export type Found = { kind: Kind; address: string; facts: EngineFacts };
export type Candidate = { kind: Kind; address: string };

/** Every address an engine may be at. One that was given is the only one. */
export function candidates(
  config: Pick<Config, 'dockerHost' | 'allowRootful'>,
  places: Places,
  who: Self,
): Candidate[] {
  if (config.dockerHost !== undefined) return [{ kind: 'given', address: config.dockerHost }];
  const runtime = who.env['XDG_RUNTIME_DIR'];
  const own = [
    ...(runtime ? [join(runtime, 'docker.sock')] : []),
    ...(who.uid === 0 ? [] : [`/run/user/${who.uid}/docker.sock`]),
    join(who.home, '.docker/run/docker.sock'),
  ];
  const rootful = config.allowRootful ? ['/var/run/docker.sock', join(who.home, '.docker/desktop/docker.sock')] : [];
  return [
    ...[...new Set(own)].map((path): Candidate => ({ kind: 'own', address: `unix://${path}` })),
    { kind: 'ours', address: places.address },
    ...rootful.map((path): Candidate => ({ kind: 'rootful', address: `unix://${path}` })),
  ];
}

/**
 * The first candidate that answers and is rootless, or rootful where that is allowed.
 * @returns what was found, or a reason for each candidate that is there and cannot be used
 */
export async function findEngine(
  config: Pick<Config, 'dockerHost' | 'allowRootful'>,
  places: Places,
  who: Self,
): Promise<{ ok: true; found: Found } | { ok: false; reasons: string[] }> {
  const reasons: string[] = [];
  for (const candidate of candidates(config, places, who)) {
    const path = candidate.address.replace(/^unix:\/\//, '');
    const socket = candidate.kind === 'given' ? undefined : statSync(path, { throwIfNoEntry: false });
    if (candidate.kind !== 'given' && socket === undefined) continue;
    if (socket && !trusted(socket.uid, who)) {
      reasons.push(`${candidate.address}: this socket belongs to another user (${socket.uid})`);
      continue;
    }
    try {
      const facts = await engineFacts(candidate.address);
      if (facts.rootless || config.allowRootful) return { ok: true, found: { ...candidate, facts } };
      reasons.push(`${candidate.address}: this engine runs as root; SLIPWAY_ALLOW_ROOTFUL=1 allows it, for one reader`);
    } catch (error) {
      reasons.push(inShort(error));
    }
  }
  return { ok: false, reasons: reasons.length > 0 ? reasons : ['no Docker engine of this user is running'] };
}

/** Whoever owns a socket that was only looked for could answer as an engine; root may look at everybody's. */
function trusted(owner: number, who: Self): boolean {
  return who.uid === 0 || owner === 0 || owner === who.uid;
}
