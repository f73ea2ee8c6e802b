import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { badLesson, badLessons } from './bad-lessons.testing.ts';
import { readCourse, tryCourse } from './course-source.ts';

let lessons: string;

function write(path: string, text: string) {
  const file = join(lessons, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const good = `---
title: Good
description: A lesson that has everything it needs.
minutes: 3
part: From the article
makes: { 'goapp:one': docker build -t goapp:one . }
---
import Command from '../../../components/lesson/Command.astro';

<Command run="ls" expect={['a', \`b\`]} exit={1} keys={[{ after: 'x', type: "\\x18" }]} id="list" />
<File path="Dockerfile" />
It took <Figure took="list" />.
`;

beforeAll(() => {
  lessons = mkdtempSync(join(tmpdir(), 'slipway-course-'));
  write('01-good/index.mdx', good);
  write('01-good/workspace/Dockerfile', 'FROM scratch\n');
});
afterAll(() => rmSync(lessons, { recursive: true }));

it('reads a lesson’s frontmatter, commands and figures', () => {
  write('02-bad/index.mdx', badLesson({ wrong: 'nothing', says: '', frontmatter: "needs: ['goapp:one']" }));
  const [lesson] = readCourse(lessons);
  expect(lesson).toMatchObject({ number: 1, slug: 'good', figures: [{ took: 'list' }] });
  expect(lesson?.commands).toEqual([
    { key: 'list', id: 'list', line: 10, run: 'ls', expect: ['a', 'b'], exit: 1, keys: [{ after: 'x', type: '\x18' }] },
  ]);
});

describe('a lesson with', () => {
  it.each(badLessons)('$wrong', (bad) => {
    write('02-bad/index.mdx', badLesson(bad));
    expect(() => readCourse(lessons)).toThrow(bad.says);
    const { course, complaints } = tryCourse(lessons);
    expect(complaints).toHaveLength(1);
    expect(course[0]?.slug).toBe('good');
  });
});
