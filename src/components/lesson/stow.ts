/** Stows megabytes as boxes, one box a megabyte, column by column from the bottom left: pure geometry in box units. */

/** A rectangle of whole boxes, or a part of one box; y counts upwards from the deck. */
export interface Block {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Stowage {
  /** For each amount, in the order given, the blocks that hold it. */
  readonly holds: readonly (readonly Block[])[];
  /** Columns used, the last one perhaps in part. */
  readonly columns: number;
}

/**
 * Stows amounts one after the other in columns of `rows` boxes.
 * @param amounts megabytes, each 0 or more
 * @param rows boxes in a full column
 */
export function stow(amounts: readonly number[], rows: number): Stowage {
  const holds: Block[][] = [];
  let at = 0;
  for (const amount of amounts) {
    if (!(amount >= 0 && Number.isFinite(amount)))
      throw new RangeError(`amount: expected 0 MB or more, received ${amount}`);
    holds.push(blocks(at, at + amount, rows));
    at += amount;
  }
  return { holds, columns: Math.ceil(at / rows - 1e-9) };
}

function blocks(from: number, to: number, rows: number): Block[] {
  const found: Block[] = [];
  const first = Math.ceil(from / rows);
  const last = Math.floor(to / rows);
  if (last > first) {
    if (from < first * rows) found.push(upright(from, first * rows, rows));
    found.push({ x: first, y: 0, width: last - first, height: rows });
    if (to > last * rows) found.push(upright(last * rows, to, rows));
    return found;
  }
  for (let start = from; to - start > 1e-9;) {
    const end = Math.min(to, (Math.floor(start / rows + 1e-9) + 1) * rows);
    found.push(upright(start, end, rows));
    start = end;
  }
  return found;
}

/** A piece of one column. */
function upright(from: number, to: number, rows: number): Block {
  const x = Math.floor(from / rows + 1e-9);
  return { x, y: from - x * rows, width: 1, height: to - from };
}
