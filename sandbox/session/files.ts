/** The reader's files in one archive, packed inside the session by its own user: what is in them is the session's affair. */
import type { Container } from 'dockerode';
import { run } from '../engine/exec.ts';
import { Problem } from '../protocol/problems.ts';
import { HOME } from '../world/shape.ts';

/** Bytes an archive may have: it is held in memory until it is whole, so that a reader gets no half of it. */
export const ARCHIVE_MOST = 8 * 1024 * 1024;
const SECONDS = 20;
/** A file changed while it was read; it is in the archive all the same. */
const CHANGED = 1;

/**
 * Packs the workspace as tar, gzipped.
 * @throws Problem files-not-saved; AbortError
 */
export async function packFiles(container: Container, signal: AbortSignal): Promise<Buffer> {
  const command = ['/usr/bin/timeout', '-k', '1', String(SECONDS), 'tar', '-C', HOME, '-czf', '-', 'workspace'];
  try {
    const { code, stdout } = await run(container, command, { limit: ARCHIVE_MOST, signal });
    if (code === 0 || code === CHANGED) return stdout;
    throw new Problem('files-not-saved', code === 124 ? 'It took too long.' : undefined);
  } catch (error) {
    if (error instanceof RangeError)
      throw new Problem('files-not-saved', `Packed, they are more than ${ARCHIVE_MOST >> 20} MiB.`);
    if (error instanceof Problem || signal.aborted) throw error;
    throw new Problem('files-not-saved', undefined, { cause: error });
  }
}
