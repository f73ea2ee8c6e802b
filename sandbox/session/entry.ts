/** A session's entry in the register: its container's name, which says whose it is. */
import type Docker from 'dockerode';
import { nameFor, type Claim } from './claim.ts';
import { statusOf } from '../engine/docker-error.ts';

const WRITE_WITHIN_MS = 20_000;

export class Entry {
  readonly container: Docker.Container;
  readonly #docker: Docker;
  readonly #unclaimed: string;
  #claim: Claim | undefined;

  /**
   * @param unclaimed the container's name while it is nobody's
   * @param claim what its name says now
   */
  constructor(docker: Docker, containerId: string, unclaimed: string, claim: Claim | undefined) {
    this.container = docker.getContainer(containerId);
    this.#docker = docker;
    this.#unclaimed = unclaimed;
    this.#claim = claim;
  }

  get claim(): Claim | undefined {
    return this.#claim;
  }

  /**
   * Writes a claim, by one renaming of the container with the name it was last seen with: it is written whole or not at all. Only one
   * process may look after an installation's sessions: engines let two renamings at the very same time both succeed.
   * @returns false when it is not to be had: gone, not running, or claimed by somebody else
   * @throws what dockerode throws when the host does not answer; it may have been written then
   */
  async write(claim: Claim): Promise<boolean> {
    const abortSignal = AbortSignal.timeout(WRITE_WITHIN_MS);
    const was = this.#docker.getContainer(nameFor(this.#unclaimed, this.#claim));
    const [renamed, looked] = await Promise.allSettled([
      was.rename({ name: nameFor(this.#unclaimed, claim), abortSignal }),
      this.container.inspect({ abortSignal }),
    ]);
    for (const one of [renamed, looked]) {
      if (one.status === 'rejected' && ![404, 409].includes(statusOf(one.reason) ?? 0)) throw one.reason;
    }
    if (renamed.status === 'rejected' || looked.status === 'rejected' || !looked.value.State.Running) return false;
    this.#claim = claim;
    return true;
  }
}
