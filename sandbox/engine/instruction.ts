/** An instruction as a Dockerfile has it, from what an image's history says made a layer. */

const SHELL = /^\/bin\/(?:ba|da|)sh -c /;

/**
 * @param createdBy a history's `created_by`: BuildKit writes `RUN /bin/sh -c make # buildkit`, the engine's own builder
 * `/bin/sh -c make` or `/bin/sh -c #(nop)  CMD ["./main"]`, and both put `|1 NAME=value` before what arguments were given to
 * @returns the instruction, or the text itself where it is none
 */
export function instructionOf(createdBy: string): string {
  const line = createdBy.replace(/\s+# buildkit$/, '').trim();
  const nop = /^(?:\/bin\/(?:ba|da|)sh -c )?#\(nop\)\s*(.*)$/s.exec(line);
  if (nop) return nop[1] ?? '';
  const run = /^(?:RUN\s+)?(?:\|\d+ .*?(?=\/bin\/(?:ba|da|)sh -c ))?(.*)$/s.exec(line)?.[1] ?? line;
  if (SHELL.test(run)) return `RUN ${run.replace(SHELL, '').trim()}`;
  return line;
}
