/** Build contexts: files of the project and files made up on the spot, as one tar stream. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Readable } from 'node:stream';
import { pack } from 'tar-stream';

export type ContextFile = { name: string; mode: number; mtime: Date; data: Buffer };

/**
 * All files below a directory, as a build context has them.
 * @param prefix put before each name, with its slash
 * @returns sorted by name; modes are 755 or 644, as in a checkout; TypeScript is left out
 */
export async function filesBelow(directory: string, prefix = ''): Promise<ContextFile[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith('.ts'));
  const read = files.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    const [data, info] = await Promise.all([readFile(path), stat(path)]);
    return {
      name: prefix + relative(directory, path),
      mode: info.mode & 0o100 ? 0o755 : 0o644,
      mtime: info.mtime,
      data,
    };
  });
  return (await Promise.all(read)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A file of a build context that is on no disk. */
export function textFile(name: string, text: string): ContextFile {
  return { name, mode: 0o644, mtime: new Date(0), data: Buffer.from(text) };
}

/** Packs files into a tar stream; files that come one by one are packed as they come. */
export function tar(files: readonly ContextFile[] | AsyncIterable<ContextFile>): Readable {
  const out = pack();
  void (async () => {
    for await (const { data, ...header } of files as AsyncIterable<ContextFile>) {
      await new Promise<void>((resolve, reject) => {
        out.entry({ ...header, type: 'file' }, data, (error) => (error ? reject(error) : resolve()));
      });
    }
    out.finalize();
  })().catch((error: unknown) => out.destroy(error instanceof Error ? error : new Error(String(error))));
  return Readable.from(out, { objectMode: false });
}
