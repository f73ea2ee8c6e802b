/** The sized disks of the engine Slipway starts, kept by its launcher. */
import { rm } from 'node:fs/promises';
import { unshareDirectory } from '../disks/share.ts';
import { DiskPool } from '../disks/pool.ts';
import { openDocker } from '../docker.ts';
import { inShort, tellTail } from '../failure.ts';
import type { Found } from '../find.ts';
import { gatewayPerson } from './gateway-person.ts';
import type { BringUpOptions } from './bring-up.ts';

/** Disks that are ready when the first reader comes, and how many nobody has are kept from then on. */
const FIRST = 2;
const AHEAD = 6;

/**
 * Begins to keep disks for the sessions of an engine that can see them.
 * @returns takes all of them away again, once the engine has stopped; undefined where there are none
 */
export async function openDisks(
  { config, who, steps }: BringUpOptions,
  found: Found,
): Promise<AsyncDisposable | undefined> {
  const root = found.facts.disks;
  if (root === undefined || who.uid !== 0) return undefined;
  const docker = openDocker(found.address);
  const person = await gatewayPerson(found, who);
  let said = '';
  const failed = (error: unknown) => {
    if (inShort(error) !== said) steps.note(`Sized disks: ${(said = inShort(error))}`);
  };
  const volumes = async () => new Set((await docker.listVolumes()).Volumes.map(({ Name }) => Name));
  const options = { root, bytes: config.limits.diskBytes, ahead: AHEAD, person, volumes, failed };
  const pool = await DiskPool.open(options, FIRST).catch((error: unknown) => {
    failed(error);
    tellTail(error, steps);
    return undefined;
  });
  return {
    [Symbol.asyncDispose]: async () => {
      await pool?.[Symbol.asyncDispose]();
      await unshareDirectory(root, person.path);
      await rm(root, { recursive: true, force: true });
    },
  };
}
