import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readCourse } from './course-source.ts';
import { solution, startState } from './start-state.ts';

let lessons: string;

function write(path: string, text: string) {
  const file = join(lessons, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
const text = (more: string) =>
  `---\ntitle: Lesson\ndescription: A lesson that has everything it needs.\nminutes: 3\npart: From the article\n${more}---\n`;

beforeAll(() => {
  lessons = mkdtempSync(join(tmpdir(), 'slipway-course-'));
  write('01-one/index.mdx', text("makes: { 'x:1': make one, 'x:2': make two }\n"));
  write('01-one/workspace/app.go', 'first');
  write('01-one/workspace/deep/er/file', 'deep');
  write('01-one/solution/app.go', 'solved');
  write('02-two/index.mdx', text("makes: { 'x:2': make two anew }\nsolve: [finish it]\n"));
  write('02-two/workspace/Dockerfile', 'FROM x');
  write('02-two/solution/Dockerfile', 'FROM y');
  write('03-three/index.mdx', text("needs: ['x:2', 'x:1']\n"));
  write('03-three/workspace/Dockerfile', 'FROM z');
});
afterAll(() => rmSync(lessons, { recursive: true }));

function read() {
  const course = readCourse(lessons);
  const lesson = (number: number) => {
    const found = course[number - 1];
    if (!found) throw new Error(`no lesson ${number}`);
    return found;
  };
  return { course, lesson };
}
const files = (list: readonly { path: string; text: string }[]) =>
  list.map((file) => `${file.path}: ${file.text}`).sort();

it('begins with this lesson’s workspace over what those before left', () => {
  const { course, lesson } = read();
  expect(files(startState(course, lesson(1)).files)).toEqual(['app.go: first', 'deep/er/file: deep']);
  expect(files(startState(course, lesson(2)).files)).toEqual([
    'Dockerfile: FROM x',
    'app.go: solved',
    'deep/er/file: deep',
  ]);
  expect(files(startState(course, lesson(3)).files)).toEqual([
    'Dockerfile: FROM z',
    'app.go: solved',
    'deep/er/file: deep',
  ]);
});

it('makes the images it needs as the newest lesson before it does', () => {
  const { course, lesson } = read();
  expect(startState(course, lesson(3)).steps).toEqual([
    { says: 'Make x:2', run: 'make two anew', image: 'x:2' },
    { says: 'Make x:1', run: 'make one', image: 'x:1' },
  ]);
});

it('is solved by the solution’s files and commands', () => {
  const { course, lesson } = read();
  const { files: solved, steps } = solution(course, lesson(2));
  expect(files(solved)).toEqual(['Dockerfile: FROM y']);
  expect(steps).toEqual([{ says: 'finish it', run: 'finish it' }]);
});

it('knows every version of a file that the course ships', () => {
  const { course, lesson } = read();
  const known = startState(course, lesson(3)).files.find(({ path }) => path === 'Dockerfile')?.known;
  expect(known).toHaveLength(3);
  expect(known?.[0]).toMatch(/^[0-9a-f]{64}$/);
});
