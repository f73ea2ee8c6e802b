import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readLesson } from './lesson-source.ts';
import { proofread } from './proofread.ts';

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'slipway-proofread-')), '01-one');
  mkdirSync(folder);
  writeFileSync(join(folder, 'Hint.astro'), '');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

function saidOf(body: string, description = 'A lesson to be read once more.') {
  const index = join(folder, 'index.mdx');
  writeFileSync(
    index,
    `---\ntitle: One\ndescription: ${description}\nminutes: 3\npart: From the article\n---\n${body}\n`,
  );
  return proofread(readLesson(index));
}

it('has nothing to say of blocks that are imported', () => {
  expect(saidOf("import Hint from './Hint.astro';\n\n<Hint>\n\nx\n\n</Hint>")).toEqual([]);
});

it('names a block that is not imported, and those that are', () => {
  expect(saidOf("import Hint from './Hint.astro';\n\n<Hnit>\n\nx\n\n</Hnit>")).toEqual([
    '01-one/index.mdx: Hnit, line 9: expected a block that is imported above (Hint), received "Hnit"',
  ]);
});

it('names an import of a file that is not there', () => {
  expect(saidOf("import Hint from './Hnit.astro';\n\n<Hint />")).toEqual([
    '01-one/index.mdx: import Hint: expected a file that is there, received "./Hnit.astro"',
  ]);
});

it('names figures typed by hand, with the words around them', () => {
  expect(saidOf('It weighs 8.2 MB now.', 'A lesson that makes 900 MB less.')).toEqual([
    '01-one/index.mdx: frontmatter: expected words, or a bound of the check itself, in "A lesson that makes 900 MB less.", received "900 MB"',
    '01-one/index.mdx: line 7: expected <Figure … /> in "It weighs 8.2 MB now.", received "8.2 MB"',
  ]);
});
