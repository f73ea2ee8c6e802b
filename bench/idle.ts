/** What is used while nothing happens: memory of connections and sessions, disk of a new session. */
import { readdir, readFile } from 'node:fs/promises';
import type Docker from 'dockerode';
import { removeSessions } from '../sandbox/host/launch/clean-up.ts';
import { Gateway } from '../tests/support/gateway.ts';
import { Reader } from '../verify/reader.ts';
import { openSlipway, type SlipwayLine } from './peers/slipway.ts';
import { pss, settled } from './processes.ts';
import type { Table } from './table.ts';

/** Sockets one session may have: gateway/limits.ts. */
const SOCKETS = 8;
const SESSIONS = 16;
/** Seconds without a command after which the second gateway's engines are stopped. */
const ENGINE_IDLE = 5;

/** Adds the rows. */
export async function idle(table: Table, docker: Docker): Promise<void> {
  await using gateway = await Gateway.start({ SLIPWAY_ENGINE_IDLE_SECONDS: String(ENGINE_IDLE) });
  const readers: Reader[] = [];
  const lines: SlipwayLine[] = [];
  try {
    for (let n = 0; n < SESSIONS; n++) {
      const reader = new Reader(gateway.origin);
      readers.push(reader);
      await reader.connect();
      await reader.engineReady();
    }
    const [first] = readers;
    if (!first) return;
    const [container] = await docker.listContainers({ filters: { label: [`slipway.session=${first.session}`] } });
    const id = container?.Id ?? '';
    const disk = Number((await first.run('du -xsk ~ 2>/dev/null | cut -f1')).text.trim()) / 1_000;
    table.bound(['disk of a new session', `${disk.toFixed(1)} MB`, '', '', ''], '≤ 2 MB', disk <= 2);
    const running = await memoryOf(id);
    table.bound(['memory of an idle session, engine running', mb(running), '', '', ''], '≤ 60 MB', !(running > 60e6));
    await first
      .until('the engine to be stopped', 60_000, () => (first.engine === 'asleep' ? true : undefined))
      .catch(() => undefined);
    const asleep = first.engine === 'asleep' ? await memoryOf(id) : Infinity;
    table.bound(['memory of an idle session, engine stopped', mb(asleep), '', '', ''], '≤ 15 MB', asleep <= 15e6);

    const more = async (sockets: number) => {
      for (let n = 0; n < sockets; n++)
        lines.push(await openSlipway(gateway.origin, readers[n % SESSIONS]?.cookie ?? ''));
      return settled(gateway.pid);
    };
    // What the first connections bring with them, compiled code above all, is not each one's.
    const before = await more(2 * SESSIONS);
    const each = (await more((SOCKETS - 3) * SESSIONS)) - before;
    const connection = each / ((SOCKETS - 3) * SESSIONS);
    table.bound(
      ['gateway’s memory of an idle connection', `${(connection / 1e3).toFixed(0)} KB`, '', '', ''],
      '≤ 100 KB',
      connection <= 100e3,
    );
  } finally {
    for (const line of lines) line[Symbol.dispose]();
    await Promise.all(readers.map((reader) => reader[Symbol.asyncDispose]()));
    await gateway.stop('SIGTERM');
    await removeSessions(docker, gateway.instance);
  }
}

const mb = (bytes: number) => (Number.isFinite(bytes) ? `${(bytes / 1e6).toFixed(1)} MB` : 'not measured');

/** Bytes of all processes in a container, shared ones by share; NaN when this user may not see them. */
async function memoryOf(container: string): Promise<number> {
  return pss(await processesOf(container));
}

/** The processes below the shim that holds a container: an engine in a pid namespace of its own knows their numbers in that one only. */
async function processesOf(container: string): Promise<number[]> {
  const parents = new Map<number, number>();
  const shims = new Set<number>();
  for (const name of await readdir('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    const parent = /^\d+ \(.*\) \S (\d+)/s.exec(stat)?.[1];
    if (parent !== undefined) parents.set(pid, Number(parent));
    const words = (await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')).split('\0');
    if (words[0]?.includes('containerd-shim') && words.includes(container)) shims.add(pid);
  }
  const below = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent !== undefined && (shims.has(parent) || below(parent));
  };
  const all = [...parents.keys()].filter(below);
  if (all.length === 0) throw new Error(`no process of container ${container} is to be seen`);
  return all;
}
