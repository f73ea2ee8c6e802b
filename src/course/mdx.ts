/** A lesson's MDX as a tree, read by the site's own parser, without running it. */
import { mdxToMdast } from 'satteri';
import { parse } from 'yaml';
import { literal } from './literal.ts';

/** What the tree is made of, as far as lessons are read. */
export interface Node {
  readonly type: string;
  readonly name?: string | null;
  readonly value?: string;
  readonly attributes?: readonly Attribute[];
  readonly children?: readonly Node[];
  readonly position?: { readonly start: { readonly line: number } };
}
interface Attribute {
  readonly type: string;
  readonly name?: string;
  readonly value?: string | null | { readonly value: string };
}

/** A component as it stands in the text. */
export interface Block {
  readonly name: string;
  /** Line in the file, from 1. */
  readonly line: number;
  readonly props: Readonly<Record<string, unknown>>;
  /** Props that are not literals, each with why. */
  readonly unread: readonly string[];
}

export interface Document {
  readonly data: unknown;
  readonly tree: Node;
  readonly blocks: readonly Block[];
}

/** @throws Error when the frontmatter is no YAML or the text no MDX */
export function readMdx(source: string): Document {
  const found = /^---\r?\n([\s\S]*?\r?\n)?---[^\S\n]*(?:\r?\n|$)/.exec(source);
  const head = found?.[0] ?? '';
  // Empty lines in its place keep the line numbers right.
  const body = head.replace(/[^\n]/g, '') + source.slice(head.length);
  const tree = markdown(body);
  const blocks: Block[] = [];
  walk(tree, (node) => {
    if (node.type.startsWith('mdxJsx') && node.name != null && /^[A-Z]/.test(node.name)) blocks.push(blockOf(node));
  });
  return { data: yaml(found?.[1] ?? ''), tree, blocks };
}

function yaml(text: string): unknown {
  try {
    return parse(text) as unknown;
  } catch (error) {
    const [why] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new Error(`frontmatter: expected YAML, received ${JSON.stringify(text.slice(0, 80))} (${why ?? ''})`);
  }
}

/** Where the parser's message begins, and the place and the name of a rule at its end. */
const PARSER_MESSAGE = /^(\d+):\d+: ([\s\S]*?)(?: \(\d+:\d+\))?(?: \([\w-]+:[\w-]+\))?$/;

function markdown(body: string): Node {
  try {
    return mdxToMdast(body) as unknown as Node;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [, line = '', why = message] = PARSER_MESSAGE.exec(message) ?? [];
    const received = (body.split('\n')[Number(line) - 1] ?? '').trim().slice(0, 80);
    throw new Error(
      `${line === '' ? 'text' : `line ${line}`}: expected MDX, received ${JSON.stringify(received)} (${why})`,
      { cause: error },
    );
  }
}

/** Visits every node, the outer before the inner. A visit that returns false leaves out what is inside. */
export function walk(node: Node, visit: (node: Node) => unknown): void {
  if (visit(node) === false) return;
  for (const child of node.children ?? []) walk(child, visit);
}

function blockOf(node: Node): Block {
  const props: Record<string, unknown> = {};
  const unread: string[] = [];
  for (const { name, value } of node.attributes ?? []) {
    if (name === undefined) {
      unread.push('...: expected each property by its name');
    } else if (value === null || value === undefined) {
      props[name] = true;
    } else if (typeof value === 'string') {
      props[name] = value;
    } else {
      try {
        props[name] = literal(value.value);
      } catch (error) {
        unread.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
  return { name: node.name ?? '', line: node.position?.start.line ?? 0, props, unread };
}
