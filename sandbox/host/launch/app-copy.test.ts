import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyApp, productionPackages } from './app-copy.ts';
import { fingerprint } from './tree.ts';

const lock = (version: string) =>
  JSON.stringify({
    packages: {
      '': { version },
      'node_modules/ws': {},
      'node_modules/ws/node_modules/inner': {},
      'node_modules/astro': { dev: true },
    },
  });

async function project(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'project-'));
  const files = {
    'package-lock.json': lock('1'),
    'package.json': '{}',
    'sandbox/main.ts': 'first',
    'node_modules/ws/index.js': 'ws',
    'node_modules/ws/node_modules/inner/index.js': 'inner',
    'node_modules/astro/index.js': 'astro',
    'bin/node': 'program',
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(root, name, '..'), { recursive: true, mode: 0o700 });
    await writeFile(join(root, name), text, { mode: name === 'bin/node' ? 0o700 : 0o600 });
  }
  return root;
}

test('only what is needed to run is a production package', () => {
  expect(productionPackages(lock('1'))).toEqual(['node_modules/ws', 'node_modules/ws/node_modules/inner']);
});

test('a private project is copied so that others can read and run it', async () => {
  const root = await project();
  const app = join(await mkdtemp(join(tmpdir(), 'state-')), 'app');
  const node = await copyApp(root, app, join(root, 'bin/node'));
  expect((await stat(node)).mode & 0o777).toBe(0o755);
  expect((await stat(join(app, '..'))).mode & 0o777).toBe(0o755);
  expect((await stat(join(app, 'sandbox'))).mode & 0o777).toBe(0o755);
  expect((await stat(join(app, 'sandbox/main.ts'))).mode & 0o777).toBe(0o644);
  expect(await readFile(join(app, 'node_modules/ws/node_modules/inner/index.js'), 'utf8')).toBe('inner');
  await expect(stat(join(app, 'node_modules/astro'))).rejects.toThrow('ENOENT');
});

test('a later copy has what changed, not what is gone, and packages only when the lock file changed', async () => {
  const root = await project();
  const app = join(await mkdtemp(join(tmpdir(), 'state-')), 'app');
  const copy = () => copyApp(root, app, join(root, 'bin/node'));
  const seen = (name: string) => readFile(join(app, name), 'utf8').catch(() => 'none');
  await writeFile(join(root, 'sandbox/old.ts'), 'old');
  await copy();
  await rm(join(root, 'sandbox/old.ts'));
  await writeFile(join(root, 'sandbox/main.ts'), 'second');
  await writeFile(join(root, 'node_modules/ws/index.js'), 'newer ws');
  await copy();
  expect([await seen('sandbox/main.ts'), await seen('sandbox/old.ts')]).toEqual(['second', 'none']);
  expect(await seen('node_modules/ws/index.js')).toBe('ws');
  await writeFile(join(root, 'package-lock.json'), lock('2'));
  await copy();
  expect(await seen('node_modules/ws/index.js')).toBe('newer ws');
});

test('a fingerprint changes with names, contents and what is missing', async () => {
  const root = await project();
  const print = () => fingerprint(root, ['sandbox', 'public']);
  const first = await print();
  expect(await print()).toBe(first);
  await writeFile(join(root, 'sandbox/main.ts'), 'other');
  const second = await print();
  await mkdir(join(root, 'public'));
  await writeFile(join(root, 'public/robots.txt'), '');
  expect(new Set([first, second, await print()]).size).toBe(3);
});
