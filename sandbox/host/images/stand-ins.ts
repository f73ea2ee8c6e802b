/** What stand-ins for the small base images are made of. */
import { join } from 'node:path';
import { filesBelow, type ContextFile } from './context.ts';

/** The build context: a Dockerfile with a target for each base, and files of theirs. */
export async function standInFiles(): Promise<ContextFile[]> {
  return filesBelow(join(import.meta.dirname, 'stand-ins'));
}
