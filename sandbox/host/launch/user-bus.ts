/** The bus of a user's systemd, through which a rootless engine bounds what its containers use. Only there with systemd and cgroup v2. */
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Person } from './person.ts';
import { run } from './run.ts';

const WAIT_MS = 5_000;

export type Bus = { address: string; close(): Promise<void> };

/** Whether an engine would want such a bus: it takes systemd's cgroups wherever it sees systemd and cgroup v2. */
export function busWanted(): boolean {
  return existsSync('/run/systemd/system') && existsSync('/sys/fs/cgroup/cgroup.controllers');
}

/**
 * The person's bus. As root, the person's systemd is started if it does not run, and stopped again by `close`.
 * @returns undefined where there is none to be had; the engine then works without limits
 */
export async function userBus(person: Person): Promise<Bus | undefined> {
  const socket = `/run/user/${person.uid}/bus`;
  const address = `unix:path=${socket}`;
  if (existsSync(socket)) return { address, close: () => Promise.resolve() };
  if (process.getuid?.() !== 0) return undefined;
  const env = { ...process.env, PATH: person.path };
  const linger = (word: string) => run('loginctl', [word, person.name], { env }).catch(() => '');
  await linger('enable-linger');
  for (let waited = 0; waited < WAIT_MS && !existsSync(socket); waited += 100) await sleep(100);
  if (existsSync(socket)) return { address, close: () => linger('disable-linger').then(() => undefined) };
  await linger('disable-linger');
  return undefined;
}
