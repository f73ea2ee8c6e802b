/** A figure in prose: which measured value is meant. One schema for the block on the page and for what reads lessons. */
import { z } from 'zod';
import { article, type ArticleFigure } from './article.ts';

const words = z.string().min(1).max(200);
const image = words.describe('an image, name:tag');
/** The lesson it was measured in; left out, the one it stands in. */
const lesson = words.optional();
const names = Object.keys(article) as [ArticleFigure, ...ArticleFigure[]];

const kinds = {
  /** An image's size. */
  size: z.strictObject({ size: image, lesson }),
  /** How many times as large the first image is as the second. */
  ratio: z.strictObject({ ratio: z.tuple([image, image]), lesson }),
  /** What a command took, by its key. */
  took: z.strictObject({ took: words, lesson }),
  /** A named group of a command's `expect`. */
  captured: z.strictObject({ captured: words, unit: words.optional(), lesson }),
  /** What a step of a build took: the newest from this Dockerfile whose step contains the text. */
  step: z.strictObject({ step: words, file: words, lesson }),
  /** The article's own. */
  article: z.strictObject({ article: z.enum(names, { error: `expected one of ${names.join(', ')}` }) }),
};
type Kind = keyof typeof kinds;
export type Figure = z.infer<(typeof kinds)[Kind]>;

const any = z.record(z.string(), z.unknown()).transform((props, context): Figure => {
  const found = (Object.keys(kinds) as Kind[]).filter((kind) => props[kind] !== undefined);
  const [kind] = found;
  if (kind === undefined || found.length > 1) {
    context.addIssue({
      code: 'custom',
      message: `expected one of ${Object.keys(kinds).join(', ')}, received ${Object.keys(props).join(', ') || 'nothing'}`,
    });
    return z.NEVER;
  }
  const read = kinds[kind].safeParse(props);
  if (read.success) return read.data;
  for (const issue of read.error.issues) context.addIssue({ ...issue, code: 'custom', input: undefined });
  return z.NEVER;
});
export const figure: z.ZodType<Figure> = any;
