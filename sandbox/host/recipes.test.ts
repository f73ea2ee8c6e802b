import { appendFile, cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRecipes } from './recipes.ts';

const project = join(import.meta.dirname, '../..');

async function copy(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'recipes-'));
  for (const folder of ['sandbox/world', 'sandbox/egress/image'])
    await cp(join(project, folder), join(root, folder), { recursive: true });
  for (const slug of ['01-a', '02-b'])
    await mkdir(join(root, 'src/content/lessons', slug, 'workspace'), { recursive: true });
  await writeFile(join(root, 'src/content/lessons/01-a/workspace/app.go'), 'package main\n');
  return root;
}

const names = async (root: string, env = {}) => (await readRecipes(root, env)).names;

test('the same sources give the same names', async () => {
  expect(await names(await copy())).toEqual(await names(await copy()));
});

test('a change in the world makes the world anew and nothing else', async () => {
  const root = await copy();
  const before = await names(root);
  await appendFile(join(root, 'sandbox/world/home/.bashrc'), '# changed\n');
  expect(await names(root)).toEqual({ ...before, world: expect.not.stringMatching(before.world) as string });
});

test('a change of TypeScript in the world makes nothing anew', async () => {
  const root = await copy();
  const before = await names(root);
  await appendFile(join(root, 'sandbox/world/shape.ts'), '// changed\n');
  expect(await names(root)).toEqual(before);
});

test('a later lesson’s file takes an earlier one’s place in the workspace', async () => {
  const root = await copy();
  await writeFile(join(root, 'src/content/lessons/02-b/workspace/app.go'), 'package main // later\n');
  const { world } = await readRecipes(root, {});
  const workspace = world.filter((file) => file.name.startsWith('workspace/'));
  expect(workspace.map(({ name, data }) => [name, data.toString()])).toEqual([
    ['workspace/app.go', 'package main // later\n'],
  ]);
});

test('a change in the egress proxy makes its image anew and nothing else', async () => {
  const root = await copy();
  const before = await names(root);
  await appendFile(join(root, 'sandbox/egress/image/bin/serve'), '# changed\n');
  expect(await names(root)).toEqual({ ...before, egress: expect.not.stringMatching(before.egress) as string });
});

test.each(['bin/golden-inside', 'bin/nested', 'etc/subuid', 'etc/subgid'])(
  'a golden store is filled anew when the way of filling it changes, or the ids in it: %s',
  async (file) => {
    const root = await copy();
    const before = await names(root);
    await appendFile(join(root, 'sandbox/world', file), '# changed\n');
    const after = await names(root);
    expect(after.golden).not.toBe(before.golden);
    expect({ ...after, golden: '', world: '' }).toEqual({ ...before, golden: '', world: '' });
  },
);

test('another private authority makes everything anew', async () => {
  const root = await copy();
  const before = await names(root);
  const bundle = join(root, 'ca.pem');
  await writeFile(bundle, '-----BEGIN CERTIFICATE-----\nYW5vdGhlcg==\n-----END CERTIFICATE-----\n');
  const after = await names(root, { SSL_CERT_FILE: bundle });
  for (const name of ['debian', 'golang', 'world', 'egress', 'golden'] as const)
    expect(after[name]).not.toBe(before[name]);
  expect(after.bases.alpine).not.toBe(before.bases.alpine);
});
