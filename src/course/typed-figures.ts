/** Finds figures that were typed into a text by hand: sizes, times and ratios belong to `<Figure>`, which takes them from a run. */
import { article, articleText, type ArticleFigure } from './article.ts';
import type { Frontmatter } from './frontmatter.ts';
import { walk, type Node } from './mdx.ts';

const articleFigures = (Object.keys(article) as ArticleFigure[]).map(articleText);

/** A number and what it counts, or a ratio. Non-breaking spaces count as spaces. */
const FIGURE = new RegExp(
  [
    // 800 MB, 2.75MB, 62 ms, 3 seconds, 200 times, 40 %
    String.raw`\d[\d.,]*\s?(?:[kMGT]i?B|bytes?|kilobytes?|megabytes?|gigabytes?|[mµn]?s|min|seconds?|milliseconds?|minutes?|hours?|times|percent|%|×|x)(?![\p{L}\d])`,
    // 200 : 1
    String.raw`\d[\d.,]*\s?:\s?1(?!\d)`,
  ].join('|'),
  'giu',
);

export interface TypedFigure {
  readonly line: number;
  readonly figure: string;
  /** The words it stands in. */
  readonly within: string;
}

/** What is not the page's prose: code, and what blocks are told to do. */
const CODE = new Set(['code', 'inlineCode', 'mdxjsEsm', 'mdxFlowExpression', 'mdxTextExpression']);
/** Blocks whose text is a command, a pattern or a name. */
const MACHINE = new Set(['Command', 'File', 'Figure', 'SizeChart', 'Layers', 'StageGraph']);

/** The figures typed into a lesson's text, and into what its blocks show. */
export function typedFigures(tree: Node): TypedFigure[] {
  const found: TypedFigure[] = [];
  let line = 0;
  walk(tree, (node) => {
    line = node.position?.start.line ?? line;
    if (CODE.has(node.type)) return false;
    if (node.type.startsWith('mdxJsx') && MACHINE.has(node.name ?? '')) return false;
    if (node.type === 'text') found.push(...figuresIn(node.value ?? '', line));
    for (const { value } of node.attributes ?? []) {
      const text = typeof value === 'string' ? value : (value?.value ?? '');
      found.push(...figuresIn(text, line));
    }
    return true;
  });
  return found;
}

/** The figures in what an Astro page or component says itself: its markup without code, styles, tags and expressions. */
export function figuresInAstro(source: string): TypedFigure[] {
  const blank = (text: string) => text.replace(/[^\n]/g, ' ');
  const text = [/^---\n[\s\S]*?\n---/, /<(style|script)\b[\s\S]*?<\/\1>/g, /<[^>]*>/g, /\{[^{}]*\}/g].reduce<string>(
    (rest, code) => rest.replace(code, blank),
    source,
  );
  return figuresIn(text, 1);
}

/**
 * The figures in a lesson's frontmatter, where no block can stand: but for the article's own, and the bounds a check itself judges by.
 */
export function figuresInFrontmatter({ title, description, checks }: Frontmatter): TypedFigure[] {
  const articles = new Set(articleFigures);
  const shown = [{ texts: [title, description], bounds: articles }];
  for (const check of checks) {
    const numbers = Object.values(check).filter((value) => typeof value === 'number');
    shown.push({
      texts: [check.says, ...Object.values(check.hints ?? {}).filter((hint) => hint !== undefined)],
      bounds: new Set([
        ...articles,
        ...numbers.flatMap((bound) => [`${bound} MB`, `${bound} times`, `${bound * 100} %`]),
      ]),
    });
  }
  return shown.flatMap(({ texts, bounds }) =>
    texts.flatMap((text) => figuresIn(text, 1).filter(({ figure }) => !bounds.has(figure.replace(/\s/, ' ')))),
  );
}

/** The figures in a plain text. */
export function figuresIn(text: string, line: number): TypedFigure[] {
  // The player's ordinary speed is a button, not a figure.
  const matches = [...text.matchAll(FIGURE)].filter(([figure]) => figure !== '1×');
  return matches.map((match) => ({
    line: line + text.slice(0, match.index).split('\n').length - 1,
    figure: match[0],
    within: text.slice(Math.max(0, match.index - 30), match.index + match[0].length + 30).replaceAll(/\s+/g, ' '),
  }));
}
