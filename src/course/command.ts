/** What an author says of a command: one schema for the block on the page and for the run that verifies it. */
import { z } from 'zod';

/** A regular expression's source; its flag is `m`, and its named groups become figures of the lesson. */
const pattern = z.string().min(1).max(400).refine(compiles, { error: 'expected a regular expression' });

export const command = z.strictObject({
  /** What is typed at the prompt: one line. */
  run: z
    .string()
    .min(1)
    .max(1000)
    .refine((text) => text.trim() === text && !text.includes('\n'), {
      error: 'expected one line without space around it',
    }),
  /** What the output must match once colours are taken out: one pattern or several. */
  expect: z.union([pattern, z.array(pattern).min(1).max(8)], {
    error: 'expected a regular expression, or a list of at most 8',
  }),
  /** The exit code. */
  exit: z.int().min(0).max(255).default(0),
  /** For a program that asks: what is typed, each once its pattern has appeared. Typed as it is; Ctrl-X is "\x18". */
  keys: z
    .array(z.strictObject({ after: pattern, type: z.string().min(1).max(200) }))
    .max(12)
    .default([]),
  /** Tells two blocks with one command apart, and names it for `<Figure took="…">`; left out, it is the command itself. */
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/)
    .optional(),
});
export type Command = z.infer<typeof command>;

/** The name of a command within its lesson. */
export function keyOf({ id, run }: Pick<Command, 'id' | 'run'>): string {
  return id ?? run;
}

function compiles(source: string): boolean {
  try {
    new RegExp(source, 'm');
    return true;
  } catch {
    return false;
  }
}
