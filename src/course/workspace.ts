/** Reads the files a reader starts with: the very files of the lessons' workspace folders, never a copy. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

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

/** A file of a workspace or solution: its path there, and its text. */
export interface WorkspaceFile {
  readonly path: string;
  readonly text: string;
}

/** The files below a folder, by path; none when there is no such folder. */
export function filesIn(folder: string): WorkspaceFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ path: relative(folder, file), text: readFileSync(file, 'utf8') }));
}

/** The folders of all lessons, NN-slug, in order. */
export function lessonFolders(lessons: string): string[] {
  return readdirSync(lessons)
    .filter((name) => /^\d{2}-/.test(name))
    .sort();
}
