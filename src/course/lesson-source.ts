/** A lesson as its author wrote it: frontmatter, commands and files, read from its folder without building the site. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { command, keyOf, type Command } from './command.ts';
import { complaint, complaintsOf, CourseError } from './complaint.ts';
import { figure, type Figure } from './figure.ts';
import { frontmatter, type Frontmatter } from './frontmatter.ts';
import { readMdx, type Block, type Node } from './mdx.ts';
import { placeOf, type Place } from './order.ts';
import { filesIn, workspaceFile } from './workspace.ts';

/** A command of a lesson, with its name in it. */
export type LessonCommand = Command & { readonly key: string; readonly line: number };

export interface LessonSource extends Place {
  /** The path of its index.mdx. */
  readonly file: string;
  readonly folder: string;
  readonly data: Frontmatter;
  readonly commands: readonly LessonCommand[];
  readonly figures: readonly Figure[];
  readonly blocks: readonly Block[];
  readonly tree: Node;
}

/**
 * Reads a lesson and all that can be known to be wrong with it alone.
 * @param index the path of its index.mdx, NN-slug/index.mdx below the folder of all lessons
 * @throws CourseError naming file, field, what was expected and what was received, for everything that is wrong
 */
export function readLesson(index: string): LessonSource {
  const place = placeOf(index);
  const folder = dirname(index);
  const file = `${basename(folder)}/index.mdx`;
  const document = parse(index, file);
  const complaints: string[] = [];
  const data = frontmatter.safeParse(document.data);
  if (!data.success) complaints.push(...complaintsOf(file, '', data.error, document.data));
  const commands: LessonCommand[] = [];
  const figures: Figure[] = [];
  for (const block of document.blocks) {
    if (block.name === 'Command') commands.push(...commandOf(file, block, complaints));
    if (block.name === 'Figure') figures.push(...figureOf(file, block, complaints));
    if (block.name === 'File') complaints.push(...missingFiles(file, block, dirname(folder), place.number));
  }
  for (const one of commands) {
    const first = commands.find(({ key }) => key === one.key);
    if (first !== one) {
      complaints.push(
        complaint(
          file,
          `Command, line ${one.line}`,
          `an id of its own (line ${first?.line ?? 0} has the same)`,
          one.key,
        ),
      );
    }
  }
  const ids = data.success ? data.data.checks.map(({ id }) => id) : [];
  const twice = ids.find((id, index) => ids.indexOf(id) < index);
  if (twice !== undefined) complaints.push(complaint(file, 'checks', 'an id of its own for each', twice));
  if (data.success && data.data.checks.length > 0 && data.data.solve.length === 0 && !hasSolution(folder)) {
    complaints.push(
      complaint(file, 'checks', 'files in solution/ or commands in solve that make them pass', undefined),
    );
  }
  if (!data.success || complaints.length > 0) throw new CourseError(complaints);
  return {
    ...place,
    file: index,
    folder,
    data: data.data,
    commands,
    figures,
    blocks: document.blocks,
    tree: document.tree,
  };
}

/** The folder's own solution files, if it has any. */
function hasSolution(folder: string): boolean {
  return filesIn(join(folder, 'solution')).length > 0;
}

function parse(index: string, file: string) {
  if (!existsSync(index)) throw new CourseError([complaint(file, 'the lesson', 'a text', undefined)]);
  try {
    return readMdx(readFileSync(index, 'utf8'));
  } catch (error) {
    throw new CourseError([`${file}: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

function commandOf(file: string, block: Block, complaints: string[]): LessonCommand[] {
  const where = `Command, line ${block.line}`;
  complaints.push(...block.unread.map((why) => `${file}: ${where} ${why}`));
  if (block.unread.length > 0) return [];
  const read = command.safeParse(block.props);
  if (!read.success) complaints.push(...complaintsOf(file, where, read.error, block.props));
  return read.success ? [{ ...read.data, key: keyOf(read.data), line: block.line }] : [];
}

function figureOf(file: string, block: Block, complaints: string[]): Figure[] {
  const where = `Figure, line ${block.line}`;
  complaints.push(...block.unread.map((why) => `${file}: ${where} ${why}`));
  if (block.unread.length > 0) return [];
  const read = figure.safeParse(block.props);
  if (!read.success) complaints.push(...complaintsOf(file, where, read.error, block.props));
  return read.success ? [read.data] : [];
}

function missingFiles(file: string, { props, line, unread }: Block, lessons: string, number: number): string[] {
  const complaints = unread.map((why) => `${file}: File, line ${line} ${why}`);
  for (const field of ['path', 'diff']) {
    const path = props[field];
    if (path === undefined && (field === 'diff' || unread.length > 0)) continue;
    if (typeof path !== 'string' || !inWorkspace(lessons, path, number)) {
      complaints.push(
        complaint(file, `File, line ${line} ${field}`, `a file in workspace/ of this lesson or an earlier one`, path),
      );
    }
  }
  return complaints;
}

function inWorkspace(lessons: string, path: string, number: number): boolean {
  try {
    workspaceFile(lessons, path, number);
    return true;
  } catch {
    return false;
  }
}
