/** Which instructions of a Dockerfile a change makes Docker carry out again. Pure. */

export interface Rung {
  readonly instruction: string;
  readonly again: boolean;
  /** The change meets this one first. */
  readonly changed: boolean;
}

/** The instructions of a Dockerfile: comments left out, continued lines joined. */
export function instructionsOf(dockerfile: string): string[] {
  const lines = dockerfile.split('\n').filter((line) => line.trim() !== '' && !/^\s*#/.test(line));
  return lines
    .join('\n')
    .replaceAll(/\s*\\\n\s*/g, ' ')
    .split('\n')
    .map((line) => line.trim());
}

/**
 * From the first instruction that holds the text, every later one of its stage is carried out again, and so are stages that copy from it.
 * @param changed a part of an instruction
 * @throws Error naming the text, when no instruction holds it
 */
export function ladder(instructions: readonly string[], changed: string): Rung[] {
  const at = instructions.findIndex((instruction) => instruction.includes(changed));
  if (at < 0) throw new Error(`changed: expected a part of an instruction, received ${JSON.stringify(changed)}`);
  const stale = new Set<string>();
  let again = false;
  let stages = -1;
  let name = '';
  return instructions.map((instruction, index) => {
    const from = /^FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i.exec(instruction);
    if (from) {
      stages += 1;
      name = from[2] ?? '';
      again = stale.has(from[1] ?? '');
    }
    const source = /\bfrom=([^\s,]+)/.exec(instruction)?.[1];
    again ||= index === at || (source !== undefined && stale.has(source));
    if (again) for (const stage of [name, String(stages)]) stale.add(stage);
    return { instruction, again, changed: index === at };
  });
}
