import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readCourse } from './course-source.ts';
import { uncovered } from './coverage.ts';

let root: string;
const at = (path: string) => join(root, path);

const command = (key: string, cast: string) => ({ key, run: key, exit: 0, ms: 1, output: '', cast });
const measured = (commands: object[], figures: object = {}) =>
  writeFileSync(
    at('measured/one.json'),
    JSON.stringify({ date: '2026-01-02', commands, images: {}, builds: [], figures }),
  );

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'slipway-coverage-'));
  mkdirSync(at('lessons/01-one'), { recursive: true });
  mkdirSync(at('measured/one'), { recursive: true });
  writeFileSync(
    at('lessons/01-one/index.mdx'),
    `---
title: One
description: A lesson with two commands and a figure.
minutes: 3
part: From the article
---
<Command run="ls" expect="a" />
<Command run="pwd" expect="(?<place>.*)" />
It is <Figure captured="place" />.
`,
  );
  writeFileSync(at('measured/one/01.cast'), '');
  writeFileSync(at('measured/one/02.cast'), '');
});
afterEach(() => rmSync(root, { recursive: true }));

const complaints = () => uncovered(readCourse(at('lessons')), at('measured'));

it('has nothing to say when all is measured', () => {
  measured([command('ls', 'one/01.cast'), command('pwd', 'one/02.cast')], { place: '/home' });
  expect(complaints()).toEqual([]);
});

it('names lesson, command and figure that no run covered', () => {
  rmSync(at('measured'), { recursive: true });
  expect(complaints()).toEqual([
    'lesson one: the command "ls" has not been verified: npm run verify -- one',
    'lesson one: the command "pwd" has not been verified: npm run verify -- one',
    'lesson one: the figure {"captured":"place"} has not been measured: npm run verify -- one',
  ]);
});

it('names a recording that is not there', () => {
  measured([command('ls', 'one/01.cast'), command('pwd', 'one/03.cast')], { place: '/home' });
  expect(complaints()).toEqual([
    'lesson one: the command "pwd" has not been verified: npm run verify -- one',
    'src/measured/one/02.cast: a recording of no command',
  ]);
});

it('names a command under a name whose run was another', () => {
  measured([{ ...command('ls', 'one/01.cast'), run: 'ls -l' }, command('pwd', 'one/02.cast')], { place: '/home' });
  expect(complaints()).toEqual(['lesson one: the command "ls" has not been verified: npm run verify -- one']);
});

it('names what is left over', () => {
  measured([command('ls', 'one/01.cast'), command('pwd', 'one/02.cast'), command('id', 'one/03.cast')], { place: '/' });
  writeFileSync(at('measured/gone.json'), '{}');
  mkdirSync(at('measured/gone'));
  expect(complaints().toSorted()).toEqual([
    'lesson one: "id" is recorded, and no longer in the lesson',
    'src/measured/gone.json: measured for a lesson that is not there',
    'src/measured/gone: measured for a lesson that is not there',
  ]);
});
