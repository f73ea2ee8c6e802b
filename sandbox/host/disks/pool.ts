/**
 * The launcher's side of the sized disks: keeps some ready ahead of the sessions that will take them, and wipes what was given back.
 * A slot is used once. What there is, directories and mounts tell: a launcher that was killed leaves nothing that the next does not find.
 */
import { randomBytes } from 'node:crypto';
import { watch } from 'node:fs';
import { chmod, chown, mkdir, readdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Person } from '../launch/person.ts';
import { makeImage, mountImage, removeImage, unmount } from './file-system.ts';
import { DONE, HOME, layoutOf, type Layout } from './layout.ts';
import { mountsBelow } from './mounts.ts';

export type PoolOptions = {
  /** The directory all pools share, shared with the engine already. */
  root: string;
  bytes: number;
  /** Slots nobody has yet that are kept. */
  ahead: number;
  /** The engine's user, whose the homes are. */
  person: Person;
  /** Names of the volumes there are: a slot taken for one that is not among them has been left behind. */
  volumes: () => Promise<ReadonlySet<string>>;
  /** Told when a disk cannot be made or wiped; it is tried again. */
  failed: (error: unknown) => void;
};

const AT_ONCE = 3;
const LOOK_EVERY_MS = 60_000;
/** A claim may be a moment older than its volume. */
const GRACE_MS = 60_000;

export class DiskPool implements AsyncDisposable {
  readonly #options: PoolOptions;
  readonly #layout: Layout;
  readonly #held = new AsyncDisposableStack();
  #tending: Promise<void> | undefined;
  #again = false;
  #closed = false;

  private constructor(options: PoolOptions) {
    this.#options = options;
    this.#layout = layoutOf(options.root, options.bytes);
  }

  /**
   * Takes over what an earlier launcher left mounted and goes on in the background.
   * @param first slots to wait for
   * @throws Failure when not one disk can be made
   */
  static async open(options: PoolOptions, first: number): Promise<DiskPool> {
    const pool = new DiskPool(options);
    await pool.#prepare();
    await pool.#make(Math.max(0, first - (await pool.#fresh()).length));
    pool.#watch();
    return pool;
  }

  /** Makes and wipes no more; what there is stays as it is. */
  async stop(): Promise<void> {
    this.#closed = true;
    await this.#held.disposeAsync();
    await this.#tending;
  }

  /** Stops; unmounts everything and removes the images. Only when no container is left to use them. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await Promise.all((await list(this.#layout.slots)).map((slot) => this.#drop(slot)));
    await rm(join(this.#layout.slots, '..'), { recursive: true, force: true, maxRetries: 3 });
  }

  async #prepare(): Promise<void> {
    const { images, slots, claims } = this.#layout;
    const { person } = this.#options;
    for (const directory of [join(images, '..'), images, slots, claims]) await mkdir(directory, { recursive: true });
    for (const directory of [join(images, '..'), slots]) {
      await chown(directory, 0, person.gid);
      await chmod(directory, 0o710 | (directory === slots ? 0o050 : 0));
    }
    await chmod(images, 0o700);
    await chown(claims, person.uid, person.gid);
    await chmod(claims, 0o700);
    const mounted = new Set((await mountsBelow(slots)).map(({ at }) => at));
    const there = new Set([...(await list(slots)), ...(await list(images))]);
    for (const slot of there) if (!mounted.has(join(slots, slot))) await this.#drop(slot);
  }

  #watch(): void {
    const watcher = watch(this.#layout.claims, () => this.#tend());
    const timer = setInterval(() => this.#tend(), LOOK_EVERY_MS);
    this.#held.defer(() => {
      watcher.close();
      clearInterval(timer);
    });
    this.#tend();
  }

  /** Works until there is nothing to do; what happens meanwhile is looked at again. */
  #tend(): void {
    this.#again = true;
    this.#tending ??= this.#work().finally(() => (this.#tending = undefined));
  }

  async #work(): Promise<void> {
    while (this.#again && !this.#closed) {
      this.#again = false;
      try {
        const missing = this.#options.ahead - (await this.#fresh()).length;
        // A session may be waiting for a disk, nobody for a wiped one.
        if (missing > 0) await this.#make(Math.min(missing, AT_ONCE));
        if (missing > AT_ONCE) this.#again = true;
        else for (const slot of await this.#over()) await this.#drop(slot);
      } catch (error) {
        this.#options.failed(error);
      }
    }
  }

  async #fresh(): Promise<string[]> {
    const claims = new Set((await list(this.#layout.claims)).map((name) => name.replace(DONE, '')));
    return (await list(this.#layout.slots)).filter((slot) => !claims.has(slot));
  }

  /** Slots that were given back, or whose home volume is no more. */
  async #over(): Promise<string[]> {
    const { claims } = this.#layout;
    const names = await list(claims);
    const done = names.filter((name) => name.endsWith(DONE)).map((name) => name.slice(0, -DONE.length));
    const held = names.filter((name) => !name.endsWith(DONE));
    const old = await Promise.all(
      held.map(async (name) => {
        const info = await stat(join(claims, name)).catch(() => undefined);
        return info && Date.now() - info.mtimeMs > GRACE_MS ? [name] : [];
      }),
    );
    if (old.flat().length === 0) return done;
    const volumes = await this.#options.volumes();
    const left = await Promise.all(
      old.flat().map(async (name) => {
        const volume = await readFile(join(claims, name), 'utf8').catch(() => undefined);
        return volume !== undefined && !volumes.has(volume) ? [name] : [];
      }),
    );
    return [...done, ...left.flat()];
  }

  async #make(count: number): Promise<void> {
    await Promise.all(Array.from({ length: count }, () => this.#makeOne(randomBytes(6).toString('hex'))));
  }

  async #makeOne(slot: string): Promise<void> {
    const { bytes, person } = this.#options;
    const image = join(this.#layout.images, slot);
    const at = join(this.#layout.slots, slot);
    try {
      await makeImage(image, bytes, person.path);
      await mkdir(at, { mode: 0o700 });
      await mountImage(image, at, person.path);
      await rm(join(at, 'lost+found'), { recursive: true });
      // In one step, so that nobody finds a home that is not the engine's yet.
      const home = join(at, `${HOME}.new`);
      await mkdir(home, { mode: 0o755 });
      await chown(home, person.uid, person.gid);
      await rename(home, join(at, HOME));
    } catch (error) {
      await this.#drop(slot);
      throw error;
    }
  }

  async #drop(slot: string): Promise<void> {
    const at = join(this.#layout.slots, slot);
    await unmount(at, this.#options.person.path);
    await rmdir(at).catch(unlessMissing);
    await removeImage(join(this.#layout.images, slot));
    // The claim goes last: without it the slot would look free.
    for (const end of [DONE, '']) await rm(join(this.#layout.claims, slot + end), { force: true });
  }
}

const list = (directory: string): Promise<string[]> => readdir(directory).catch(() => []);

function unlessMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}
