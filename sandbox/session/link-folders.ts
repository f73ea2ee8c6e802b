/** The folders that are shared with sessions, one for each, on hosts that see the same file system as the gateway. */
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

export class LinkFolders {
  readonly #root: string;

  /** @param root this instance's own folder; made when it is needed */
  constructor(root: string) {
    this.#root = root;
  }

  of(id: string): string {
    return join(this.#root, id);
  }

  /** Whether a session was made with a folder. */
  has(id: string): boolean {
    return existsSync(this.of(id));
  }

  /** Makes a session's folder. Who does not know its name cannot find it. */
  async make(id: string): Promise<string> {
    await mkdir(this.#root, { recursive: true });
    await chmod(this.#root, 0o711);
    await mkdir(this.of(id), { mode: 0o755 });
    return this.of(id);
  }

  async remove(id: string): Promise<void> {
    await rm(this.of(id), { recursive: true, force: true });
  }

  /** Removes the folders of sessions nobody knows. @param known asked for each folder just before it would go */
  async clean(known: (id: string) => boolean): Promise<void> {
    const ids = await readdir(this.#root).catch(() => []);
    await Promise.all(ids.map(async (id) => (known(id) ? undefined : this.remove(id))));
  }
}
