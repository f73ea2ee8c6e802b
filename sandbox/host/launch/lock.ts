/** One launcher per instance and state directory, for as long as it lives. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { alive, markOf } from './process-mark.ts';

const record = z.object({ pid: z.number(), started: z.string(), url: z.string() });
export type Holder = z.infer<typeof record>;

/**
 * Takes the lock. A lock left by a launcher that is gone is taken over.
 * @returns a way to give it back, or who holds it
 */
export async function lockState(
  state: string,
  instance: string,
  url: string,
): Promise<{ ok: true; lock: AsyncDisposable } | { ok: false; holder: Holder }> {
  await mkdir(state, { recursive: true });
  const file = join(state, `launcher-${instance}.json`);
  const mine = markOf(process.pid);
  for (;;) {
    try {
      await writeFile(file, JSON.stringify({ ...mine, url }), { flag: 'wx' });
      return { ok: true, lock: { [Symbol.asyncDispose]: () => rm(file, { force: true }) } };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const holder = await readHolder(file);
    if (holder && alive(holder)) return { ok: false, holder };
    await rm(file, { force: true });
  }
}

async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    return record.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}
