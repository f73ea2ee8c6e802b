/** Reads the files a reader starts with: the very files of the lessons' workspace folders, never a copy. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The text of a workspace file as it stands in a lesson: the newest version among that lesson and those before it.
 * @param lessons the folder that holds the NN-slug folders
 * @param path the file's path inside the workspace
 * @param upTo the last lesson's number that counts
 * @throws Error naming the file, when no such lesson has it or the path leaves the workspace
 */
export function workspaceFile(lessons: string, path: string, upTo = Infinity): string {
  if (path.startsWith('/') || path.split('/').includes('..')) {
    throw new Error(`workspace file ${path}: expected a path inside the workspace`);
  }
  const folders = lessonFolders(lessons).filter((folder) => Number(folder.slice(0, 2)) <= upTo);
  for (const folder of folders.toReversed()) {
    const file = join(lessons, folder, 'workspace', path);
    if (existsSync(file)) return readFileSync(file, 'utf8');
  }
  const bound = upTo === Infinity ? '' : ` up to ${upTo}`;
  throw new Error(
    `workspace file ${path}: no lesson${bound} has it; looked in ${folders.map((f) => `${f}/workspace`).join(', ')}`,
  );
}

function lessonFolders(lessons: string): string[] {
  return readdirSync(lessons)
    .filter((name) => /^\d{2}-/.test(name))
    .sort();
}
