import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readLesson } from './lesson-source.ts';
import type { MeasuredLesson } from './measured-schema.ts';
import { unmeasured } from './unmeasured.ts';

const image = { id: 'sha256:1', tags: ['a:1'], bytes: 1, createdAt: 0, user: '', command: [], layers: [] };
const run: MeasuredLesson = {
  date: '2026-01-02',
  commands: [{ key: 'list', run: 'ls', exit: 0, ms: 1, output: '', cast: 'one/01.cast' }],
  images: { 'a:1': image },
  builds: [
    {
      ref: 'r',
      file: 'Dockerfile',
      state: 'done',
      startedAt: 0,
      steps: [{ id: '1', name: 'RUN make', inputs: [], state: 'done', ms: 5 }],
    },
  ],
  figures: { lines: '3' },
};

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'slipway-unmeasured-')), '01-one');
  mkdirSync(folder);
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

function saidOf(figure: string): string[] {
  const index = join(folder, 'index.mdx');
  const head = 'title: One\ndescription: A lesson that shows a measured figure.\nminutes: 3\npart: From the article';
  writeFileSync(index, `---\n${head}\n---\n\n${figure}\n`);
  return unmeasured(readLesson(index), 'one', run);
}

it.each([
  '<Figure size="a:1" />',
  '<Figure took="list" />',
  '<Figure captured="lines" />',
  '<Figure step="make" file="Dockerfile" />',
  '<Figure article="imageMB" />',
  '<Figure size="b:1" lesson="two" />',
])('has nothing to say of %s', (figure) => expect(saidOf(figure)).toEqual([]));

it.each([
  ['size="b:1"', '"a:1"', '{"size":"b:1"}'],
  ['took="ls"', '"list"', '{"took":"ls"}'],
  ['captured="words"', '"lines"', '{"captured":"words"}'],
  ['step="make" file="Dockerfile.none"', '"Dockerfile"', '{"step":"make","file":"Dockerfile.none"}'],
  ['step="test" file="Dockerfile"', '"RUN make"', '{"step":"test","file":"Dockerfile"}'],
])('names file, line and what there is instead of %s', (props, there, received) => {
  expect(saidOf(`<Figure ${props} />`)).toEqual([
    `01-one/index.mdx: Figure, line 8: expected what the run of one measured (${there}), received ${received}`,
  ]);
});
