/** Measures what sessions use, tells their readers, and ends those over a bound that nothing else holds. */
import type Docker from 'dockerode';
import type { Container } from 'dockerode';
import type { Config } from '../../config/config.ts';
import type { ProblemCode } from '../../protocol/problems.ts';
import type { Clock } from '../clock.ts';
import type { Disks } from '../disks.ts';
import type { SessionUsage } from '../usage.ts';
import { homeSizes } from './home-volumes.ts';
import { worthTelling, type Reading } from './meter.ts';
import { ContainerProcesses } from './processes.ts';

export type Measured = {
  readonly id: string;
  readonly container: Container;
  /** Whether somebody is connected. */
  readonly attended: boolean;
  readonly usage: SessionUsage;
  /** Bytes that came from its shells so far. */
  readonly outputBytes: number;
};
export type Over = Extract<ProblemCode, 'disk-quota' | 'out-of-memory' | 'output-quota'>;

export type MeasuringNeeds = {
  docker: Docker;
  instance: string;
  /** What bounds memory, if anything does: what is over is the kernel's business then. */
  memoryHeld: boolean;
  limits: Pick<Config['limits'], 'diskBytes' | 'memoryBytes' | 'outputBytes'>;
  /** Undefined: homes share the host's disk. */
  disks: Disks | undefined;
  clock: Clock;
  sessions: () => readonly Measured[];
  over: (id: string, why: Over) => void;
  failed: (error: unknown) => void;
};

const EVERY_MS = 2_000;
/** An engine that looks through all homes is given this many times as long to rest as it took, and at least SHARED_MS. */
const REST = 5;
const SHARED_MS = 10_000;

export class Measuring implements Disposable {
  readonly #needs: MeasuringNeeds;
  readonly #timer: Disposable;
  readonly #processes = new ContainerProcesses();
  readonly #told = new WeakMap<SessionUsage, { disk?: Reading; memory?: Reading }>();
  #busy = false;
  #sharedAt = 0;

  constructor(needs: MeasuringNeeds) {
    this.#needs = needs;
    this.#timer = needs.clock.every(EVERY_MS, () => void this.round());
  }

  [Symbol.dispose](): void {
    this.#timer[Symbol.dispose]();
  }

  /** Measures once, unless that is going on. */
  async round(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    const sessions = this.#needs.sessions();
    try {
      for (const one of sessions)
        if (one.outputBytes > this.#needs.limits.outputBytes) this.#needs.over(one.id, 'output-quota');
      await Promise.all([
        this.#memory(sessions),
        this.#needs.disks ? this.#ownDisks(this.#needs.disks, sessions) : this.#sharedDisk(sessions),
      ]);
    } catch (error) {
      this.#needs.failed(error);
    } finally {
      this.#busy = false;
    }
  }

  async #memory(sessions: readonly Measured[]): Promise<void> {
    const of = this.#needs.limits.memoryBytes;
    const found = await this.#processes.memory(sessions.map(({ container }) => container));
    for (const { id, container, usage } of sessions) {
      const used = found.get(container.id);
      if (used === undefined) continue;
      this.#tell(usage, 'memory', { used, of });
      if (used > of && !this.#needs.memoryHeld) this.#needs.over(id, 'out-of-memory');
    }
  }

  /** A full disk is its reader's to clear: nothing ends. */
  async #ownDisks(disks: Disks, sessions: readonly Measured[]): Promise<void> {
    const attended = sessions.filter((one) => one.attended);
    await Promise.all(
      attended.map(async ({ id, usage }) => {
        const reading = await disks.used(id);
        if (reading) this.#tell(usage, 'disk', reading);
      }),
    );
  }

  async #sharedDisk(sessions: readonly Measured[]): Promise<void> {
    const { docker, instance, clock, limits, over } = this.#needs;
    const begun = clock.now();
    if (sessions.length === 0 || begun < this.#sharedAt) return;
    const found = await homeSizes(docker, instance);
    const ended = clock.now();
    this.#sharedAt = ended + Math.max(SHARED_MS, (ended - begun) * REST);
    for (const { id, usage } of sessions) {
      const used = found.get(id);
      if (used === undefined) continue;
      this.#tell(usage, 'disk', { used, of: limits.diskBytes });
      if (used > limits.diskBytes) over(id, 'disk-quota');
    }
  }

  #tell(usage: SessionUsage, part: 'disk' | 'memory', reading: Reading): void {
    const told = this.#told.get(usage) ?? {};
    if (!worthTelling(told[part], reading)) return;
    this.#told.set(usage, { ...told, [part]: reading });
    usage.measured({ [part]: reading });
  }
}
