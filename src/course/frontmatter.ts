/** What a lesson's frontmatter must say. A wrong, missing or unknown field stops the build, with expected and received. */
import { z } from 'zod';
import { check, CHECKS_MOST } from '../../sandbox/protocol/checks.ts';

/** The course's parts, in order. */
export const parts = ['From the article', 'Beyond the article'] as const;

const text = (least: number, most: number) =>
  z
    .string({ error: ({ input }) => `expected text, received ${show(input)}` })
    .trim()
    .min(least, { error: ({ input }) => `expected at least ${least} characters, received ${show(input)}` })
    .max(most, {
      error: ({ input }) =>
        `expected at most ${most} characters, received ${typeof input === 'string' ? input.length : show(input)}`,
    });

/** One command line. */
const line = z
  .string({ error: ({ input }) => `expected a command, received ${show(input)}` })
  .trim()
  .min(1, { error: 'expected a command, received ""' })
  .max(1000)
  .refine((text) => !text.includes('\n'), { error: 'expected one line' });
const imageName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._/:-]{0,127}$/, { error: ({ input }) => `expected name:tag, received ${show(input)}` });

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
    /** Images that must be there when the lesson begins; an earlier lesson's `makes` says how. */
    needs: z.array(imageName).max(12).default([]),
    /** Images a later lesson may need, each with the command that makes it in the workspace. */
    makes: z.record(imageName, line).default({}),
    /** What the reader must have done at the end. */
    checks: z.array(check).max(CHECKS_MOST).default([]),
    /** Commands that, with the files of `solution/`, make every check pass. Carried out in the workspace, one after the other. */
    solve: z.array(line).max(12).default([]),
  },
  {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `expected only title, description, minutes, part, needs, makes, checks, solve; received ${issue.keys.join(', ')} as well`
        : undefined,
  },
);
export type Frontmatter = z.infer<typeof frontmatter>;

function show(input: unknown): string {
  return input === undefined ? 'nothing' : JSON.stringify(input);
}
