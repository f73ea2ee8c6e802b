/** What a lesson's frontmatter must say. A wrong, missing or unknown field stops the build, with expected and received. */
import { z } from 'astro/zod';

/** The course's parts, in order. */
export const parts = ['From the article'] as const;

const text = (least: number, most: number) =>
  z
    .string({ error: ({ input }) => `expected text, received ${show(input)}` })
    .trim()
    .min(least, { error: ({ input }) => `expected at least ${least} characters, received ${show(input)}` })
    .max(most, {
      error: ({ input }) =>
        `expected at most ${most} characters, received ${typeof input === 'string' ? input.length : show(input)}`,
    });

const minutes = 'expected a whole number of minutes from 1 to 60';

export const frontmatter = z.strictObject(
  {
    /** The lesson's name: heading, course map, browser tab. */
    title: text(3, 48),
    /** One or two sentences under the heading, and in search results. */
    description: text(30, 200),
    /** How long a reader takes, commands included. */
    minutes: z
      .number({ error: ({ input }) => `${minutes}, received ${show(input)}` })
      .int({ error: ({ input }) => `${minutes}, received ${show(input)}` })
      .min(1, { error: ({ input }) => `${minutes}, received ${show(input)}` })
      .max(60, { error: ({ input }) => `${minutes}, received ${show(input)}` }),
    part: z.enum(parts, { error: ({ input }) => `expected one of ${parts.join(', ')}; received ${show(input)}` }),
  },
  {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `expected only title, description, minutes, part; received ${issue.keys.join(', ')} as well`
        : undefined,
  },
);
export type Frontmatter = z.infer<typeof frontmatter>;

function show(input: unknown): string {
  return input === undefined ? 'nothing' : JSON.stringify(input);
}
