/** Text that arrives in pieces, line by line, with a bound on a line's length. */

/**
 * Takes pieces and gives whole lines, without their ends.
 * @param most bytes of a line; a longer one is given as an empty line
 */
export async function* linesOf(pieces: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<string> {
  let rest: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    let from = 0;
    for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, from)) {
      rest.push(piece.subarray(from, at));
      yield length + at - from > most ? '' : Buffer.concat(rest).toString();
      rest = [];
      length = 0;
      from = at + 1;
    }
    length += piece.length - from;
    if (length > most) rest = [];
    else if (from < piece.length) rest.push(piece.subarray(from));
  }
}
