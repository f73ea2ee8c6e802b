/** Log files of what the launcher runs. */
import { mkdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';

const LIMIT = 8 * 1024 * 1024;

/** The file to append to. One that has grown large is kept as `.old`, in place of the one before. */
export async function logFileIn(directory: string, name: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  const file = join(directory, `${name}.log`);
  const info = await stat(file).catch(() => undefined);
  if (info && info.size > LIMIT) await rename(file, `${file}.old`);
  return file;
}
