/** Files of the workspace, compared and written by the reader's own user: what a path leads to is the session's affair. */
import type { Container } from 'dockerode';
import { run, type Finished } from '../../engine/exec.ts';
import { shown } from '../../engine/shown.ts';
import type { Prepare } from '../../protocol/messages.ts';
import { HOME } from '../../world/shape.ts';
import { createHash } from 'node:crypto';

export type PreparedFile = Prepare['files'][number];
export class PrepareFailed extends Error {}

const WORKSPACE = `${HOME}/workspace`;
const SECONDS = 20;

/** Prints a line for each path: its SHA-256, `none` where there is nothing, `other` for what is no file or longer than 1 MiB. */
const COMPARE = `cd "$0" 2>/dev/null || exec printf 'none\\n%.0s' "$@"
for file in "$@"; do
  if [ ! -e "$file" ]; then echo none
  elif [ ! -f "$file" ] || [ ! -r "$file" ] || [ "$(stat -Lc %s -- "$file")" -gt 1048576 ]; then echo other
  else sha256sum <"$file" | cut -d ' ' -f 1; fi
done`;

/** Takes paths, each with its size, and their bytes on standard input. Each file is whole or as it was. */
const WRITE = `umask 022
fail() { echo "$1" >&2; exit 1; }
mkdir -p -- "$0" 2>/dev/null && cd "$0" || fail "the workspace cannot be made"
while [ "$#" -gt 1 ]; do
  folder=$(dirname -- "$1")
  mkdir -p -- "$folder" 2>/dev/null || fail "$folder is no folder"
  new=$(mktemp -- "$folder/.slipway-XXXXXX" 2>/dev/null) || fail "nothing can be written in $folder"
  trap 'rm -f -- "$new"' EXIT
  { head -c "$2" >"$new"; } 2>/dev/null || fail "$1 cannot be written"
  [ "$(stat -c %s -- "$new")" = "$2" ] || fail "$1 did not arrive whole"
  if [ -f "$1" ]; then chmod --reference="$1" -- "$new"
  elif [ "$(head -c 2 -- "$new")" = '#!' ]; then chmod 755 -- "$new"
  else chmod 644 -- "$new"; fi
  mv -fT -- "$new" "$1" 2>/dev/null || fail "$1 cannot be written"
  shift 2
done`;

/**
 * Which files are not as the message has them, and which of those the reader has edited: what is there is no version of the course's.
 * @throws PrepareFailed, AbortError, what dockerode throws
 */
export async function compare(
  container: Container,
  files: readonly PreparedFile[],
  signal: AbortSignal,
): Promise<{ differ: PreparedFile[]; edited: string[] }> {
  if (files.length === 0) return { differ: [], edited: [] };
  const { stdout } = await script(container, COMPARE, { words: files.map(({ path }) => path), signal });
  const found = stdout.toString('latin1').split('\n');
  const differ = files.filter(({ text }, at) => found[at] !== sha256(text));
  const edited = files.filter((file, at) => isEdited(file, found[at] ?? 'other')).map(({ path }) => path);
  return { differ, edited };
}

/**
 * Writes files, their folders too. A file that is there keeps its mode; a new one can be executed when it begins with `#!`.
 * @throws PrepareFailed saying what stands in the way; AbortError; what dockerode throws
 */
export async function write(container: Container, files: readonly PreparedFile[], signal: AbortSignal): Promise<void> {
  if (files.length === 0) return;
  const texts = files.map(({ path, text }) => ({ path, bytes: Buffer.from(text) }));
  const words = texts.flatMap(({ path, bytes }) => [path, String(bytes.length)]);
  await script(container, WRITE, { words, input: Buffer.concat(texts.map(({ bytes }) => bytes)), signal });
}

function isEdited({ text, known }: PreparedFile, found: string): boolean {
  return found !== 'none' && found !== sha256(text) && !known.includes(found);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

async function script(
  container: Container,
  text: string,
  { words, ...options }: { words: readonly string[]; input?: Uint8Array; signal: AbortSignal },
): Promise<Finished> {
  const bounded = ['/usr/bin/timeout', '-k', '1', String(SECONDS), '/bin/sh', '-c', text, WORKSPACE, ...words];
  const done = await run(container, bounded, { ...options, limit: 64 * 1024 });
  if (done.code === 124) throw new PrepareFailed('The workspace did not answer in time.');
  if (done.code !== 0) throw new PrepareFailed(shown(done.stderr.trim(), 200) || 'The files could not be written.');
  return done;
}
