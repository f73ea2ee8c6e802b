/** An instruction as a Dockerfile has it, from what an image's history says made a layer. */

/** Characters looked at: who wrote a history decides how long it is, and only the beginning is shown. */
const LOOKED_AT = 4_096;
const MARK = '# buildkit';
const SHELL = /^\/bin\/(?:ba|da|)sh -c /;

/**
 * @param createdBy a history's `created_by`: BuildKit writes `RUN /bin/sh -c make # buildkit`, the engine's own builder
 * `/bin/sh -c make` or `/bin/sh -c #(nop)  CMD ["./main"]`, and both put `|1 NAME=value` before what arguments were given to
 * @returns the instruction, or the text itself where it is none
 */
export function instructionOf(createdBy: string): string {
  const line = unmarked(createdBy.slice(0, LOOKED_AT).trim());
  const nop = /^(?:\/bin\/(?:ba|da|)sh -c )?#\(nop\)\s*(.*)$/s.exec(line);
  if (nop) return nop[1] ?? '';
  const run = /^(?:RUN\s+)?(?:\|\d+ .*?(?=\/bin\/(?:ba|da|)sh -c ))?(.*)$/s.exec(line)?.[1] ?? line;
  if (SHELL.test(run)) return `RUN ${run.replace(SHELL, '').trim()}`;
  return line;
}

/** Without the mark that BuildKit leaves at the end. A pattern that looks for spaces before it would try each of thousands of spaces. */
function unmarked(line: string): string {
  if (!line.endsWith(MARK)) return line;
  const before = line.slice(0, -MARK.length);
  return before === before.trimEnd() ? line : before.trim();
}
