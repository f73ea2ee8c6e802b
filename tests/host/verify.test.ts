/** Verify notices what a reader would: in a real session, with lessons made for it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCourse } from '../../src/course/course-source.ts';
import { Desk } from '../../verify/desk.ts';
import { verifyLesson } from '../../verify/lesson.ts';
import { Progress } from '../../verify/progress.ts';
import { ownGateway } from '../support/own.ts';

const own = ownGateway();
let lessons: string;

function lesson(folder: string, frontmatter: string, body: string, files: Record<string, string> = {}): void {
  const head = `title: Lesson\ndescription: A lesson made to see what verify says.\nminutes: 3\npart: From the article\n`;
  const all = { 'index.mdx': `---\n${head}${frontmatter}---\n${body}\n`, ...files };
  for (const [path, text] of Object.entries(all)) {
    const file = join(lessons, folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

const fileCheck = (solve: string) => `checks:
  - { id: written, kind: file, says: The note says done., path: note.txt, contains: [done] }
solve: [${solve}]
`;

beforeAll(() => {
  lessons = mkdtempSync(join(tmpdir(), 'slipway-verify-'));
  lesson(
    '01-good',
    "makes: { 'made:1': docker build -t made:1 . }\n" + fileCheck('echo done > note.txt'),
    `<Command run="cat note.txt" expect="^(?<word>begun)$" />
<Command run="read -p 'sure? ' a; echo $a; false" expect={['sure', 'yes']} exit={1} keys={[{ after: 'sure', type: 'yes\\r' }]} id="asks" />
<Command run="docker build -t made:1 ." expect="made:1" />`,
    { 'workspace/note.txt': 'begun\n', 'workspace/Dockerfile': 'FROM scratch\nCOPY note.txt /\n' },
  );
  lesson('02-exit', '', '<Command run="false" expect="." />');
  lesson('03-output', '', '<Command run="echo one" expect="two" />');
  lesson('04-ticked', fileCheck('echo done > note.txt'), '<Command run="ls" expect="note" />', {
    'workspace/note.txt': 'done\n',
  });
  lesson('05-unsolved', fileCheck("'true'"), '<Command run="ls" expect="note" />', { 'workspace/note.txt': 'begun\n' });
  lesson('06-unmeasured', '', '<Command run="ls" expect="note" />\n<Figure size="none:1" />');
  lesson('07-unmade', "makes: { 'unmade:1': 'true' }\n", '<Command run="ls" expect="note" />');
  lesson('08-failing', fileCheck('exit 3'), '<Command run="ls" expect="note" />');
});
afterAll(() => rmSync(lessons, { recursive: true }));

async function verify(slug: string) {
  const course = readCourse(lessons);
  const one = course.find((lesson) => lesson.slug === slug);
  if (!one) throw new Error(slug);
  const said: string[] = [];
  const progress = new Progress((text) => said.push(text), false);
  await using desk = await Desk.open(own.gateway.origin);
  const measured = await verifyLesson(desk, course, one, progress);
  return { measured, progress, said: said.join('') };
}

test('measures a good lesson', async () => {
  const { measured, progress } = await verify('good');
  expect(progress.failures).toEqual([]);
  expect(progress.passed).toBe(4);
  const { commands, images, builds, figures } = measured?.lesson ?? {};
  expect(commands?.map(({ key, exit }) => [key, exit])).toEqual([
    ['cat note.txt', 0],
    ['asks', 1],
    ['docker build -t made:1 .', 0],
  ]);
  expect(commands?.[1]?.output).toBe('sure? yes\nyes');
  expect(figures).toEqual({ word: 'begun' });
  expect(Object.keys(images ?? {})).toEqual(['made:1']);
  expect(images?.['made:1']?.layers.map(({ instruction }) => instruction)).toEqual(['COPY note.txt /']);
  expect(builds?.map(({ file, state }) => [file, state])).toEqual([['Dockerfile', 'done']]);
  expect([...(measured?.casts.keys() ?? [])]).toEqual(['01.cast', '02.cast', '03.cast']);
  expect(measured?.casts.get('01.cast')).toMatch(
    /^\{"version":2.*\n\[0\.000, "o", ".*cat note\.txt.*\n\[.*"begun\\r\\n"\]\n$/,
  );
});

test.each([
  ['exit', 'exit: false: expected exit code 0, received 1'],
  ['output', 'output: echo one: expected /two/, received (exit code 0)'],
  ['ticked', 'ticked: check written, before: expected unmet, received met'],
  ['unsolved', 'unsolved: check written, after: expected met, received unmet'],
  ['unmeasured', 'Figure, line 8: expected what the run of unmeasured measured (it has none of these)'],
  ['unmade', 'unmade: makes.unmade:1: expected a command that makes it, received "true"'],
])('says what is wrong with lesson %s', async (slug, says) => {
  const { measured, progress } = await verify(slug);
  expect(measured).toBeUndefined();
  expect(progress.failures).toHaveLength(1);
  expect(progress.failures[0]).toContain(says);
});

test('shows the output that was not expected', async () => {
  expect((await verify('output')).said).toContain('│ one');
});

test('ends with what the sandbox says of a solution that fails', async () => {
  await expect(verify('failing')).rejects.toThrow('preparation failed');
});
