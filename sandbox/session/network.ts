/** A network for one session alone: it leads to no other session, and outside only where sessions reach everything. */
import type Docker from 'dockerode';
import type { Config } from '../config/config.ts';
import { EGRESS } from '../egress/container.ts';
import { objectLabels } from './labels.ts';
import { namesOf } from './names.ts';

const TRIES = 16;

/**
 * Makes the session's network. The host's engine chooses the addresses; where its pools are used up (31 networks, if nobody configured
 * them) we choose 14 addresses of 10.240.0.0/12 ourselves.
 * @throws what dockerode throws
 */
export async function createNetwork(
  docker: Docker,
  instance: string,
  id: string,
  mode: Config['egress']['mode'],
  signal: AbortSignal,
): Promise<void> {
  const create = (subnet?: string) =>
    docker.createNetwork({
      Name: namesOf(instance, id).network,
      Driver: 'bridge',
      CheckDuplicate: true,
      Internal: mode !== 'open',
      Labels: { ...objectLabels(instance, id, 'network'), [EGRESS]: mode },
      ...(subnet === undefined ? {} : { IPAM: { Driver: 'default', Config: [{ Subnet: subnet }] } }),
      abortSignal: signal,
    });
  for (let tried = 0; ; tried++) {
    try {
      await create(tried === 0 ? undefined : subnet(Math.random()));
      return;
    } catch (error) {
      if (tried === TRIES || !addressesTaken(error)) throw error;
    }
  }
}

/** @param at from 0 to 1, where in 10.240.0.0/12 the /28 lies */
export function subnet(at: number): string {
  const n = Math.floor(at * 2 ** 16) * 16;
  return `10.${240 + (n >> 16)}.${(n >> 8) & 255}.${n & 255}/28`;
}

/** Whether the engine refused for want of free addresses: the words of 20.10 to 29. */
export function addressesTaken(error: unknown): boolean {
  return error instanceof Error && /address pool|pool overlaps|fully subnetted/i.test(error.message);
}
