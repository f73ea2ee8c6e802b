/** docs/writing-lessons.md: its template is a good lesson, and it leaves out no block, check or fault. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { check } from '../../sandbox/protocol/checks.ts';
import { readCourse } from './course-source.ts';
import { frontmatter } from './frontmatter.ts';
import { lessonFolders } from './workspace.ts';

const root = join(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'docs/writing-lessons.md'), 'utf8');
const copy = mkdtempSync(join(tmpdir(), 'slipway-writing-'));
afterEach(() => rmSync(copy, { recursive: true, force: true }));

it('makes a lesson of its template that the course takes', () => {
  cpSync(join(root, 'src/content/lessons'), copy, { recursive: true });
  const number = Number(lessonFolders(copy).at(-1)?.slice(0, 2)) + 1;
  // A slug that no lesson has, even where somebody kept the template's.
  const folder = join(copy, `${String(number).padStart(2, '0')}-as-the-template-says`);
  const files = [...text.matchAll(/^```\w+ file=(\S+)\n([\s\S]*?)^```$/gm)];
  expect(files.map(([, path]) => path)).toEqual([
    'index.mdx',
    'workspace/first/Dockerfile',
    'solution/first/Dockerfile',
  ]);
  for (const [, path = '', content = ''] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const lesson = readCourse(copy).at(-1);
  expect(lesson).toMatchObject({ slug: 'as-the-template-says', data: { title: 'A first lesson' } });
});

it('tells every kind of check with its faults', () => {
  for (const { shape } of check.options) {
    const row = text.split('\n').find((line) => line.includes(`| \`${shape.kind.value}\``));
    expect(row, shape.kind.value).toBeDefined();
    for (const fault of Object.keys(shape.hints.unwrap().shape))
      expect(row, shape.kind.value).toContain(`\`${fault}\``);
  }
});

it('tells every field of the frontmatter', () => {
  for (const field of Object.keys(frontmatter.shape)) expect(text).toContain(`| \`${field}\``);
});

it('keeps the page of blocks out of a build', () => {
  const pages = readdirSync(join(root, 'src/pages/dev'), { recursive: true, encoding: 'utf8' });
  for (const page of pages.filter((name) => name.endsWith('.astro'))) {
    expect(readFileSync(join(root, 'src/pages/dev', page), 'utf8')).toContain('if (!import.meta.env.DEV) return [];');
  }
});
