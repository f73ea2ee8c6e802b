/** What may be wrong with a lesson that can be read: blocks that are not imported, and figures typed by hand. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'acorn';
import { complaint } from './complaint.ts';
import type { LessonSource } from './lesson-source.ts';
import { walk, type Node } from './mdx.ts';
import { figuresInFrontmatter, typedFigures } from './typed-figures.ts';

/** @returns everything wrong, each naming file, place, what was expected and what was received */
export function proofread(lesson: LessonSource): string[] {
  return [...blocksNotImported(lesson), ...figuresByHand(lesson)];
}

function blocksNotImported({ blocks, folder, tree }: LessonSource): string[] {
  const file = `${basename(folder)}/index.mdx`;
  const imported = importsOf(tree);
  const names = [...imported.keys()].sort().join(', ') || 'none is';
  const missing = [...imported].filter(([, from]) => from.startsWith('.') && !existsSync(join(folder, from)));
  return [
    ...missing.map(([name, from]) => complaint(file, `import ${name}`, 'a file that is there', from)),
    ...blocks
      .filter(({ name }) => !imported.has(name))
      .map(({ name, line }) =>
        complaint(file, `${name}, line ${line}`, `a block that is imported above (${names})`, name),
      ),
  ];
}

/** Each imported name with where it comes from. */
function importsOf(tree: Node): Map<string, string> {
  const found = new Map<string, string>();
  walk(tree, ({ type, value }) => {
    if (type !== 'mdxjsEsm' || value === undefined) return;
    for (const statement of parse(value, { ecmaVersion: 'latest', sourceType: 'module' }).body) {
      if (statement.type !== 'ImportDeclaration') continue;
      for (const { local } of statement.specifiers) found.set(local.name, String(statement.source.value));
    }
  });
  return found;
}

function figuresByHand({ data, folder, tree }: LessonSource): string[] {
  const file = `${basename(folder)}/index.mdx`;
  return [
    ...figuresInFrontmatter(data).map(({ figure, within }) =>
      complaint(file, 'frontmatter', `words, or a bound of the check itself, in "${within}"`, figure),
    ),
    ...typedFigures(tree).map(({ line, figure, within }) =>
      complaint(file, `line ${line}`, `<Figure … /> in "${within}"`, figure),
    ),
  ];
}
