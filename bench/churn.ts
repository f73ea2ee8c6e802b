/** Sessions made and ended, many of them killed half-way: what is left of them, and what the gateway keeps. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type Docker from 'dockerode';
import { linksFolder } from '../sandbox/host/links.ts';
import { Gateway } from '../tests/support/gateway.ts';
import { leftovers } from '../tests/support/host.ts';
import { Reader, Refused } from '../verify/reader.ts';
import { descriptors, settled } from './processes.ts';
import { Random } from './fuzz/random.ts';

/** How many readers there are at once. */
const AT_ONCE = 4;
/** Of how many sessions one is killed half-way. */
const KILLED_OF = 5;
/** Milliseconds from a session's beginning in which it is killed: while it is made, or used. */
const KILL_WITHIN_MS = 1_500;
/** Milliseconds in which the gateway must have cleared up: what is younger than a minute may be of a session that is being made. */
const REAP_MS = 150_000;

/** left: names of what is there after the gateway has cleared up once; growth: of its memory, as a share. */
export type Churn = { made: number; killed: number; left: string[]; descriptors: number; growth: number };

/** @param sessions how many; as many as a fifth of it are made before, and not counted: what a process brings with its first ones it keeps */
export async function churn(docker: Docker, sessions: number, seed: number): Promise<Churn> {
  const random = new Random(seed);
  await using gateway = await Gateway.start({ SLIPWAY_TRUST_PROXY: '1' });
  const label = `slipway.instance=${gateway.instance}`;
  const ids = new Set<string>();
  let killed = 0;
  let made = 0;
  const one = async (n: number) => {
    const reader = new Reader(gateway.origin);
    reader.headers = { 'x-forwarded-for': `10.1.${n >> 8}.${n & 255}` };
    const life = async () => {
      await reader.connect();
      made += 1;
      await reader.run('echo alive');
      await reader.engineReady();
    };
    if (n % KILLED_OF === 0) {
      killed += 1;
      const before = await containers(docker, label);
      const living = life().catch(forgiven);
      await sleep(random.below(KILL_WITHIN_MS));
      const mine = (await containers(docker, label)).filter((id) => !before.includes(id)).slice(0, 1);
      for (const id of mine)
        await docker
          .getContainer(id)
          .kill()
          .catch(() => undefined);
      reader.socket?.terminate();
      await living;
    } else await life().catch(forgiven);
    for (const id of await containers(docker, label)) ids.add(id);
    await reader.end();
    await reader[Symbol.asyncDispose]();
  };
  const many = async (from: number, count: number) => {
    let next = from;
    const worker = async () => {
      while (next < from + count) await one(next++);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    await cleared(docker, label, gateway.instance);
  };
  await many(0, Math.ceil(sessions / 5));
  const before = { memory: await settled(gateway.pid), descriptors: await descriptors(gateway.pid) };
  [made, killed] = [0, 0];
  await many(sessions, sessions);
  const left = [...(await cleared(docker, label, gateway.instance)), ...processesOf(ids)];
  const growth = (await settled(gateway.pid)) / before.memory - 1;
  return { made, killed, left, descriptors: (await descriptors(gateway.pid)) - before.descriptors, growth };
}

/** A session that was killed, or took another's death for its own: the next one is not harmed. */
function forgiven(error: unknown): void {
  if (!(error instanceof Refused) && !/connection closed|no .* in time|terminate|closed before/.test(String(error)))
    throw error;
}

async function containers(docker: Docker, label: string): Promise<string[]> {
  const all = await docker.listContainers({ all: true, filters: { label: [label, 'slipway.session'] } });
  return all.map(({ Id }) => Id);
}

/** Waits until nothing is left. @returns what there is when time is up */
async function cleared(docker: Docker, label: string, instance: string): Promise<string[]> {
  const until = performance.now() + REAP_MS;
  for (;;) {
    const folder = linksFolder(process.env['DOCKER_HOST'] ?? '', instance);
    const links = folder !== undefined && existsSync(folder) ? readdirSync(folder) : [];
    const left = [...(await leftovers(docker, label)), ...links.map((id) => `link ${id}`)];
    if (left.length === 0 || performance.now() > until) return left;
    await sleep(500);
  }
}

/** Processes on this machine that name one of the containers. */
function processesOf(ids: ReadonlySet<string>): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const text = ['cgroup', 'cmdline'].map((file) => readFileSync(`/proc/${pid}/${file}`, 'utf8')).join(' ');
        const named = text.match(/[0-9a-f]{64}/g) ?? [];
        return named.some((id) => ids.has(id)) ? [`process ${pid}`] : [];
      } catch {
        return [];
      }
    });
}
