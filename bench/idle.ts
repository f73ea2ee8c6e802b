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
/** Seconds without a command after which engines are stopped: by then all are ready and measured. */
const ENGINE_IDLE = 30;

/** Adds the rows. */
export async function idle(table: Table, docker: Docker): Promise<void> {
  await using gateway = await Gateway.start({ SLIPWAY_ENGINE_IDLE_SECONDS: String(ENGINE_IDLE) });
  const readers: Reader[] = [];
  const lines: SlipwayLine[] = [];
  try {
    readers.push(...Array.from({ length: SESSIONS }, () => new Reader(gateway.origin)));
    const [first] = readers;
    if (!first) return;
    await Promise.all(
      readers.map(async (reader) => {
        await reader.connect();
        await reader.engineReady(120_000);
      }),
    );
    const filters = { label: [`slipway.instance=${gateway.instance}`, 'slipway.session'] };
    const ids = (await docker.listContainers({ filters })).map(({ Id }) => Id);
    const disk = Number((await first.run('du -xsk ~ 2>/dev/null | cut -f1')).text.trim()) / 1_000;
    table.bound(['disk of a new session', `${disk.toFixed(1)} MB`, '', '', ''], '≤ 2 MB', disk <= 2);
    memory(table, 'engine running', await memoryOf(ids), 60);
    await Promise.all(
      readers.map((reader) =>
        reader.until('the engine to be stopped', 180_000, () => (reader.engine === 'asleep' ? true : undefined)),
      ),
    );
    memory(table, 'engine stopped', await memoryOf(ids), 15);

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

function memory(table: Table, when: string, bytes: number, most: number): void {
  const what = `memory of an idle session of ${SESSIONS}, ${when}`;
  if (Number.isNaN(bytes)) table.row(what, 'not measured: only root sees it');
  else table.bound([what, `${(bytes / 1e6).toFixed(1)} MB`, '', '', ''], `≤ ${most} MB`, bytes <= most * 1e6);
}

/** Bytes of all processes in a container, shared ones by share, the mean of several; NaN when this user may not see them. */
async function memoryOf(containers: readonly string[]): Promise<number> {
  const each = await Promise.all(containers.map(async (one) => pss(await processesOf(one))));
  return each.reduce((sum, one) => sum + one, 0) / each.length;
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
