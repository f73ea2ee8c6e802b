/** Memory of sessions' processes, as the gateway's machine sees them: where it is the host's machine. */
import { readdir } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import type { Container } from 'dockerode';

/** Files read before others have their turn. */
const AT_ONCE = 64;
const PAGE = 4096;

export type Process = { pid: number; parent: number };

/** Finds a container's processes: all that descend from its shim. Programs run in it by the engine are no children of its first process. */
export class ContainerProcesses {
  readonly #shims = new Map<string, number | undefined>();

  /**
   * @returns bytes by container id: resident pages that are the processes' own, so no file's and no shared memory's; a page that a fork
   * shares counts for both. A container whose processes cannot be seen from here is left out.
   */
  async memory(containers: readonly Container[]): Promise<Map<string, number>> {
    await this.#find(containers);
    const found = new Map<string, number>();
    const shims = containers.flatMap(({ id }) => {
      const shim = this.#shims.get(id);
      return shim === undefined ? [] : [{ id, shim }];
    });
    if (shims.length === 0) return found;
    const children = byParent(await processes());
    for (const { id, shim } of shims) {
      const all = descendants(children, shim);
      found.set(
        id,
        all.reduce((sum, pid) => sum + ownMemory(pid), 0),
      );
      if (all.length > AT_ONCE) await turn();
    }
    return found;
  }

  async #find(containers: readonly Container[]): Promise<void> {
    const ids = new Set(containers.map(({ id }) => id));
    for (const id of this.#shims.keys()) if (!ids.has(id)) this.#shims.delete(id);
    const fresh = containers.filter(({ id }) => !this.#shims.has(id));
    await Promise.all(fresh.map(async (one) => this.#shims.set(one.id, await shimOf(one).catch(() => undefined))));
  }
}

/** The shim names its container on its command line: a process of that number on another machine does not. */
async function shimOf(container: Container): Promise<number | undefined> {
  const { Pid } = (await container.inspect()).State;
  const shim = parse(read(`/proc/${Pid}/stat`), Pid)?.parent;
  return shim !== undefined && read(`/proc/${shim}/cmdline`).includes(container.id) ? shim : undefined;
}

async function processes(): Promise<Process[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const found: Process[] = [];
  for (const [at, pid] of pids.entries()) {
    const one = parse(read(`/proc/${pid}/stat`), pid);
    if (one) found.push(one);
    if (at % AT_ONCE === AT_ONCE - 1) await turn();
  }
  return found;
}

/** Field 4 is the parent, after the name in parentheses, which may hold anything; source: proc_pid_stat(5). */
export function parse(stat: string, pid: number): Process | undefined {
  const parent = /^\S (\d+) /.exec(stat.slice(stat.lastIndexOf(') ') + 2))?.[1];
  return parent === undefined ? undefined : { pid, parent: Number(parent) };
}

function byParent(all: readonly Process[]): Map<number, number[]> {
  const children = new Map<number, number[]>();
  for (const { pid, parent } of all) children.set(parent, [...(children.get(parent) ?? []), pid]);
  return children;
}

/** All below a process, itself left out. */
export function descendants(children: ReadonlyMap<number, readonly number[]>, of: number): number[] {
  const found: number[] = [...(children.get(of) ?? [])];
  for (const pid of found) found.push(...(children.get(pid) ?? []));
  return found;
}

/** Fields 2 and 3 are resident and shared pages; source: proc_pid_statm(5). */
function ownMemory(pid: number): number {
  const [, resident = 0, shared = 0] = read(`/proc/${pid}/statm`).split(' ').map(Number);
  return Math.max(0, resident - shared) * PAGE;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
