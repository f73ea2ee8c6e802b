import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { extract } from 'tar-stream';
import { expect, test } from 'vitest';
import { filesBelow, tar, textFile } from './context.ts';

test('a context is every file below, sorted, with a checkout’s modes and no TypeScript', async () => {
  const root = await mkdtemp(join(tmpdir(), 'context-'));
  await mkdir(join(root, 'bin'));
  await writeFile(join(root, 'bin/run'), 'x', { mode: 0o700 });
  await writeFile(join(root, 'a'), 'y', { mode: 0o600 });
  await writeFile(join(root, 'shape.ts'), 'z');
  await chmod(join(root, 'bin/run'), 0o711);
  const files = await filesBelow(root, 'in/');
  expect(files.map(({ name, mode }) => [name, mode])).toEqual([
    ['in/a', 0o644],
    ['in/bin/run', 0o755],
  ]);
});

test('what is packed comes out again', async () => {
  const out = extract();
  tar([textFile('Dockerfile', 'FROM scratch\n'), textFile('ca/1.crt', 'pem')]).pipe(out);
  const seen: string[] = [];
  for await (const entry of out) seen.push(`${entry.header.name}: ${(await buffer(entry)).toString()}`);
  expect(seen).toEqual(['Dockerfile: FROM scratch\n', 'ca/1.crt: pem']);
});

test('a source that fails fails the stream', async () => {
  const broken = tar(
    (async function* () {
      yield textFile('a', 'a');
      await Promise.reject(new Error('disk gone'));
    })(),
  );
  await expect(buffer(broken)).rejects.toThrow('disk gone');
});
