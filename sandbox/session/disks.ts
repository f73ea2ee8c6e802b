/** Sized disks, one for each session's home, on hosts whose launcher makes them. */
import { randomInt } from 'node:crypto';
import { readdir, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DONE, HOME, type Layout } from '../host/disks/layout.ts';
import { namesOf } from './names.ts';

const WAIT_MS = 25;

export class Disks {
  readonly #layout: Layout;
  readonly #instance: string;
  readonly #slots = new Map<string, string>();

  /** @param layout of the pool whose disks have the size sessions may have */
  constructor(layout: Layout, instance: string) {
    this.#layout = layout;
    this.#instance = instance;
  }

  /**
   * Takes a disk for a session, waiting for one when all are taken.
   * @returns the directory on it that becomes the home; nobody had it before
   * @throws the signal's reason
   */
  async take(id: string, signal: AbortSignal): Promise<string> {
    for (;;) {
      for (const slot of await this.#free()) {
        if (!(await this.#claim(slot, id))) continue;
        this.#slots.set(id, slot);
        return join(this.#layout.slots, slot, HOME);
      }
      await sleep(WAIT_MS, undefined, { signal });
    }
  }

  /** Gives a session's disk back, to be wiped; once nothing of the session uses it. */
  async release(id: string): Promise<void> {
    const slot = await this.#slotOf(id);
    this.#slots.delete(id);
    if (slot === undefined) return;
    const claim = join(this.#layout.claims, slot);
    await rename(claim, claim + DONE).catch(unlessMissing);
  }

  /** Gives back the disks of this instance's sessions nobody knows. @param known asked for each just before it would go */
  async clean(known: (id: string) => boolean): Promise<void> {
    for (const id of (await this.#claimed()).keys()) if (!known(id)) await this.release(id);
  }

  /** Bytes of a session's disk that are used, and of how many; undefined when it has none. */
  async used(id: string): Promise<{ used: number; of: number } | undefined> {
    const slot = await this.#slotOf(id);
    const info = slot === undefined ? undefined : await statfs(join(this.#layout.slots, slot)).catch(() => undefined);
    if (!info) return undefined;
    return { used: (info.blocks - info.bfree) * info.bsize, of: info.blocks * info.bsize };
  }

  async #free(): Promise<string[]> {
    const claims = new Set((await names(this.#layout.claims)).map((name) => name.replace(DONE, '')));
    const free = (await names(this.#layout.slots)).filter((slot) => !claims.has(slot));
    // Gateways and sessions that look at the same moment begin in different places.
    const from = free.length > 0 ? randomInt(free.length) : 0;
    return [...free.slice(from), ...free.slice(0, from)];
  }

  async #claim(slot: string, id: string): Promise<boolean> {
    const ready = () => stat(join(this.#layout.slots, slot, HOME)).then(yes, no);
    if (!(await ready())) return false;
    const claim = join(this.#layout.claims, slot);
    if (!(await writeFile(claim, namesOf(this.#instance, id).home, { flag: 'wx' }).then(yes, no))) return false;
    // Between the two looks it may have been taken, given back and wiped by others.
    if (await ready()) return true;
    await rm(claim, { force: true });
    return false;
  }

  async #slotOf(id: string): Promise<string | undefined> {
    return this.#slots.get(id) ?? (await this.#claimed()).get(id);
  }

  /** Slots of this instance, by session. */
  async #claimed(): Promise<Map<string, string>> {
    const slots = (await names(this.#layout.claims)).filter((name) => !name.endsWith(DONE));
    const found = new Map<string, string>();
    for (const slot of slots) {
      const home = await readFile(join(this.#layout.claims, slot), 'utf8').catch(() => '');
      const id = /^(.+)-([a-z2-7]{12})-home$/.exec(home);
      if (id?.[1] === this.#instance && id[2] !== undefined) found.set(id[2], slot);
    }
    return found;
  }
}

const yes = () => true;
const no = () => false;
const names = (directory: string): Promise<string[]> => readdir(directory).catch(() => []);

function unlessMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}
