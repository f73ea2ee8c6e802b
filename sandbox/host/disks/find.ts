/** Whether there are sized disks for this process to take. */
import { access, constants } from 'node:fs/promises';
import { layoutOf, type Layout } from './layout.ts';

/**
 * @param root where the engine says they are
 * @param bytes the size sessions may have
 * @returns undefined when nobody makes disks of that size, or they are another user's to take
 */
export async function findDisks(root: string | undefined, bytes: number): Promise<Layout | undefined> {
  if (root === undefined) return undefined;
  const layout = layoutOf(root, bytes);
  return access(layout.claims, constants.W_OK | constants.X_OK).then(
    () => layout,
    () => undefined,
  );
}
