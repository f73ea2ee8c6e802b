/** A recording of a command: asciicast v2 (docs.asciinema.org/manual/asciicast/v2), a header and a line for each piece of output. */
import { COLS, ROWS } from './screen.ts';
import type { Piece, Typed } from './typist.ts';

/** Bytes of a recording at most. */
export const CAST_MOST = 256 * 1024;

/** Pieces that come within so many milliseconds are one: the eye sees no more frames. */
const FRAME_MS = 30;

/**
 * Writes a recording: the prompt with the command on it at once, then what it printed, at the pace it came. When it is long, the middle is
 * left out, and the recording says so.
 * @param title the command
 * @param at when it was recorded
 */
export function cast(title: string, typed: Typed, at: Date): string {
  const header = { version: 2, width: COLS, height: ROWS, timestamp: Math.floor(at.getTime() / 1000), title };
  const events = shortened(frames([{ at: 0, text: typed.line }, ...typed.pieces]));
  return [JSON.stringify(header), ...events.map(line), ''].join('\n');
}

function line({ at, text }: Piece): string {
  return `[${(at / 1000).toFixed(3)}, "o", ${JSON.stringify(text)}]`;
}

function frames(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (last && joined.length > 1 && piece.at - last.at < FRAME_MS) {
      joined[joined.length - 1] = { at: last.at, text: last.text + piece.text };
    } else joined.push(piece);
  }
  return joined;
}

function shortened(pieces: Piece[]): Piece[] {
  const sizes = pieces.map((piece) => Buffer.byteLength(line(piece)) + 1);
  const room = CAST_MOST - 2_048;
  if (sizes.reduce((sum, size) => sum + size, 0) <= room) return pieces;
  let first = 0;
  let last = pieces.length;
  for (let used = 0; first < last && used + (sizes[first] ?? 0) <= room / 2; first++) used += sizes[first] ?? 0;
  for (let used = 0; last > first && used + (sizes[last - 1] ?? 0) <= room / 2; last--) used += sizes[last - 1] ?? 0;
  const left = sizes.slice(first, last).reduce((sum, size) => sum + size, 0);
  const note = `\x1b[0m\r\n[${Math.round(left / 1024)} KiB of this recording are left out]\r\n`;
  return [...pieces.slice(0, first), { at: pieces[first]?.at ?? 0, text: note }, ...pieces.slice(last)];
}
