/** What the world's shell says of itself in its output: OSC 133 (FinalTerm's marks, as VS Code's and kitty's shell integration use them). */

/** A: prompt begins. B: the line is the reader's. C: it is carried out. D: it has ended, with this exit code. */
export type Mark = { mark: 'A' | 'B' | 'C' | 'D'; exit: number | undefined };
export type Part = Mark | { text: string };

const MARK = /\x1b\]133;([ABCD])(?:;(\d+))?[^\x07\x1b]*(?:\x07|\x1b\\)/g;
/** What may become a mark when more comes. */
const BEGUN = /\x1b(?:\](?:1(?:3(?:3(?:;[^\x07\x1b]*\x1b?)?)?)?)?)?$/;

/** Tells marks and text apart, however the output is cut into pieces. */
export class MarkReader {
  #held = '';

  take(piece: string): Part[] {
    const text = this.#held + piece;
    const begun = BEGUN.exec(text);
    this.#held = begun?.[0] ?? '';
    const whole = text.slice(0, text.length - this.#held.length);
    const parts: Part[] = [];
    let at = 0;
    for (const found of whole.matchAll(MARK)) {
      if (found.index > at) parts.push({ text: whole.slice(at, found.index) });
      at = found.index + found[0].length;
      parts.push({ mark: found[1] as Mark['mark'], exit: found[2] === undefined ? undefined : Number(found[2]) });
    }
    if (at < whole.length) parts.push({ text: whole.slice(at) });
    return parts;
  }
}

/** Output as it was before the shell marked it. */
export function withoutMarks(text: string): string {
  return text.replaceAll(MARK, '');
}
