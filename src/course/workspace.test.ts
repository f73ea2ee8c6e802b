import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { workspaceFile } from './workspace.ts';

let lessons: string;

function write(path: string, text: string) {
  const file = join(lessons, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

beforeEach(() => {
  lessons = mkdtempSync(join(tmpdir(), 'slipway-lessons-'));
  write('01-one/workspace/app.go', 'first');
  write('02-two/index.mdx', '');
  write('03-three/workspace/app.go', 'second');
  write('03-three/workspace/sub/deep.txt', 'deep');
  write('notes/workspace/other.txt', 'not a lesson');
});
afterEach(() => rmSync(lessons, { recursive: true }));

it('gives the file as it stands in the lesson asked for', () => {
  expect(workspaceFile(lessons, 'app.go', 1)).toBe('first');
  expect(workspaceFile(lessons, 'app.go', 2)).toBe('first');
  expect(workspaceFile(lessons, 'app.go', 3)).toBe('second');
  expect(workspaceFile(lessons, 'app.go')).toBe('second');
  expect(workspaceFile(lessons, 'sub/deep.txt')).toBe('deep');
});

it('names a file that is not there, and where it looked', () => {
  expect(() => workspaceFile(lessons, 'Dockerfile')).toThrow(/Dockerfile: no lesson has it.*01-one\/workspace/);
  expect(() => workspaceFile(lessons, 'sub/deep.txt', 2)).toThrow('sub/deep.txt: no lesson up to 2 has it');
  expect(() => workspaceFile(lessons, 'other.txt')).toThrow('other.txt');
});

it.each(['../01-one/index.mdx', '/etc/passwd', 'sub/../../x'])('keeps to the workspace: %s', (path) => {
  expect(() => workspaceFile(lessons, path)).toThrow('inside the workspace');
});
