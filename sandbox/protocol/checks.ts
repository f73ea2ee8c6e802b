/**
 * Checks: what a reader must have done, declared by a lesson as data and judged from the state of their engine and workspace.
 * The same schema reads a lesson's frontmatter and the page's message, so a check that a page can send is one that can be judged.
 */
import { z } from 'zod';

/** Checks one page may ask to have judged. */
export const CHECKS_MOST = 16;

const image = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._/:-]{0,127}$/)
  .describe('an image name as `docker images` shows it, name:tag');
/** A path inside an image or a workspace; `*` stands for anything but a slash, `**` for anything. */
const path = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => !text.startsWith('/') && !text.split('/').includes('..'), 'expected a relative path');
const words = z.string().min(1).max(200);
const paths = z.array(path).min(1).max(12);
const texts = z.array(words).min(1).max(8);

/** What every check has. `says` completes "Done when": a short sentence for the reader. */
const common = {
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  says: z.string().min(8).max(140),
};

/** The ways a state can be wrong; a lesson may have a hint of its own for each that its kind knows. */
function hints<const F extends readonly [string, ...string[]]>(...faults: F) {
  const shape = Object.fromEntries(faults.map((fault) => [fault, z.string().min(8).max(280).optional()]));
  return z.strictObject(shape as { [K in F[number]]: z.ZodOptional<z.ZodString> }).optional();
}

export const check = z.discriminatedUnion('kind', [
  /** There is an image of this name. */
  z.strictObject({ kind: z.literal('image-exists'), ...common, image, hints: hints('missing') }),
  /** The image is smaller than so many decimal megabytes, as `docker images` counts. */
  z.strictObject({
    kind: z.literal('image-size'),
    ...common,
    image,
    underMB: z.number().positive().max(10_000),
    hints: hints('missing', 'too-large'),
  }),
  /** `than` is at least `atLeast` times as large as `image`. */
  z.strictObject({
    kind: z.literal('image-ratio'),
    ...common,
    image,
    than: image,
    atLeast: z.number().positive().max(100_000),
    hints: hints('missing', 'other-missing', 'too-large'),
  }),
  /** Containers of the image run as this user (as USER says); left out, as any that is not root. */
  z.strictObject({
    kind: z.literal('image-user'),
    ...common,
    image,
    user: words.optional(),
    hints: hints('missing', 'root', 'another'),
  }),
  /** Entrypoint and command, joined, are exactly these words. */
  z.strictObject({
    kind: z.literal('image-command'),
    ...common,
    image,
    command: z.array(words).min(1).max(12),
    hints: hints('missing', 'another'),
  }),
  /** No layer leaves any of these paths in the image: a compiler, a shell, a package manager, a secret. */
  z.strictObject({
    kind: z.literal('image-lacks'),
    ...common,
    image,
    paths,
    hints: hints('missing', 'found'),
  }),
  /** The image has all of these paths. */
  z.strictObject({ kind: z.literal('image-has'), ...common, image, paths, hints: hints('missing', 'not-found') }),
  /** Neither the image's history nor its configuration, nor any layer's small files hold any of these texts. */
  z.strictObject({
    kind: z.literal('image-keeps-no-text'),
    ...common,
    image,
    texts,
    hints: hints('missing', 'in-history', 'in-layer'),
  }),
  /** A container of the image exited with `exit`, and its output contains each of `output`. */
  z.strictObject({
    kind: z.literal('container-ran'),
    ...common,
    image,
    exit: z.int().min(0).max(255).default(0),
    output: texts.optional(),
    hints: hints('never', 'running', 'exit', 'output'),
  }),
  /** A workspace file contains each of `contains` and none of `lacks`. */
  z.strictObject({
    kind: z.literal('file'),
    ...common,
    path,
    contains: texts.optional(),
    lacks: texts.optional(),
    hints: hints('missing', 'contains', 'lacks'),
  }),
  /** A build from this Dockerfile ended so. `file` is its path in the workspace, `target` as given to `--target`. */
  z.strictObject({
    kind: z.literal('build-ended'),
    ...common,
    file: path,
    target: words.optional(),
    ended: z.enum(['done', 'failed']),
    hints: hints('never', 'running', 'another'),
  }),
  /**
   * Some build from this Dockerfile took the steps that contain `cached` from the cache while those that contain `ran` were carried out.
   */
  z.strictObject({
    kind: z.literal('rebuild-cached'),
    ...common,
    file: path,
    cached: texts,
    ran: texts.optional(),
    hints: hints('never', 'once', 'not-cached', 'not-run'),
  }),
  /** The newest build from this Dockerfile that carried out a step containing `ran` took at most `ratio` of the slowest. */
  z.strictObject({
    kind: z.literal('rebuild-quick'),
    ...common,
    file: path,
    ran: words,
    ratio: z.number().positive().max(1),
    hints: hints('never', 'once', 'too-slow'),
  }),
]);
export type Check = z.infer<typeof check>;
export type CheckKind = Check['kind'];

/** `unknown`: it could not be judged, and `saw` says why. `fault` names a key of the check's hints. */
export const checkResult = z.object({
  id: z.string(),
  verdict: z.enum(['met', 'unmet', 'unknown']),
  fault: z.string().optional(),
  /** What was found, for the reader: "goapp:multistage is 945 MB". */
  saw: z.string().max(300).optional(),
});
export type CheckResult = z.infer<typeof checkResult>;
