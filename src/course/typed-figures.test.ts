import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tryCourse } from './course-source.ts';
import { readMdx } from './mdx.ts';
import { figuresIn, figuresInAstro, figuresInFrontmatter, typedFigures } from './typed-figures.ts';

const lessons = join(import.meta.dirname, '../content/lessons');

const typed = (text: string) => typedFigures(readMdx(text).tree).map(({ figure }) => figure);

describe('finds', () => {
  it.each([
    ['about 800 MB to pull', '800 MB'],
    ['2.75MB', '2.75MB'],
    ['starts in 62 ms', '62 ms'],
    ['in 3 seconds', '3 seconds'],
    ['is 200 : 1', '200 : 1'],
    ['263 times as large', '263 times'],
    ['40 % less', '40 %'],
    ['<Aside title="Why 945 MB is much">\n\nx\n\n</Aside>', '945 MB'],
    ['<Quiz answers={[{ text: "about 12 s" }]} />', '12 s'],
  ])('%s', (text, figure) => {
    expect(typed(text)).toEqual([figure]);
  });
});

describe('lets through', () => {
  it.each([
    'lesson 4, with `800 MB` in code',
    '```text\n800 MB\n```',
    '<Figure article="imageMB" /> of it',
    '<Command run="sleep 3s" expect="3 MB" />',
    'Go 1.26.8, 10 nodes and 500 replicas, uid 10001',
    'the first 3 lines; at 5 to 1',
  ])('%s', (text) => {
    expect(typed(text)).toEqual([]);
  });
});

it('says where', () => {
  expect(figuresIn('one\ntwo 3 MB\n', 5)).toMatchObject([{ line: 6, figure: '3 MB', within: 'one two 3 MB ' }]);
});

it('reads what an Astro page says, and not its code', () => {
  const page = '---\nconst a = "3 MB";\n---\n<p class="4 MB">It is {x} MB,\n5 MB</p>\n<style>a { margin: 6 s }</style>';
  expect(figuresInAstro(page)).toMatchObject([{ line: 5, figure: '5 MB' }]);
});

describe('no figure is typed by hand', () => {
  it.each(tryCourse(lessons).course.map((lesson) => [lesson.slug, lesson] as const))('in lesson %s', (slug, lesson) => {
    const figures = [...typedFigures(lesson.tree), ...figuresInFrontmatter(lesson.data)];
    expect(figures.map(({ line, within }) => `${slug}, line ${line}: …${within}…`)).toEqual([]);
  });

  const source = join(import.meta.dirname, '..');
  const pages = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.astro'));
  it.each(pages)('in %s', (page) => {
    const figures = figuresInAstro(readFileSync(join(source, page), 'utf8'));
    expect(figures.map(({ line, within }) => `${page}, line ${line}: …${within}…`)).toEqual([]);
  });
});
