import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { directoryHash, fetchToolchain, toolchainFiles } from './toolchain.ts';
import { storedZip } from './zip.testing.ts';

const root = 'golang.org/toolchain@v0.0.1-go1.0.linux-amd64';
const files = {
  [`${root}/bin/go`]: 'the go command',
  [`${root}/pkg/tool/linux_amd64/compile`]: 'the compiler',
  [`${root}/src/_go.mod`]: 'module std',
  [`${root}/src/cmd/go/doc_go.mod.txt`]: 'no module',
};

async function zipFile(): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'zip-')), 'go.zip');
  await writeFile(file, storedZip(files));
  return file;
}

test('a toolchain gets its run bits and its go.mod back', async () => {
  const found = [];
  for await (const { name, mode, data } of toolchainFiles(await zipFile())) found.push([name, mode, data.toString()]);
  expect(found).toEqual([
    ['go/bin/go', 0o755, 'the go command'],
    ['go/pkg/tool/linux_amd64/compile', 0o755, 'the compiler'],
    ['go/src/go.mod', 0o644, 'module std'],
    ['go/src/cmd/go/doc_go.mod.txt', 0o644, 'no module'],
  ]);
});

test('its hash is the one go.sum would have', async () => {
  const lines = Object.entries(files)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, text]) => `${createHash('sha256').update(text).digest('hex')}  ${name}\n`);
  const expected = `h1:${createHash('sha256').update(lines.join('')).digest('base64')}`;
  expect(await directoryHash(await zipFile())).toBe(expected);
});

test('a zip that is not the pinned one is refused by both hashes, and nothing of it is kept', async () => {
  const server = createServer((_, response) => response.end(storedZip(files))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const cache = await mkdtemp(join(tmpdir(), 'cache-'));
  const fetched = fetchToolchain(`http://127.0.0.1:${port}`, cache, 'x64', () => undefined);
  await expect(fetched).rejects.toThrow(/has the hash h1:.*pinned is h1:ZOmGe1/s);
  expect(await readdir(cache)).toEqual([]);
  server.close();
});

test('a proxy that has no such module says so', async () => {
  const server = createServer((_, response) => response.writeHead(404).end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const cache = await mkdtemp(join(tmpdir(), 'cache-'));
  await expect(fetchToolchain(`http://127.0.0.1:${port}`, cache, 'arm64', () => undefined)).rejects.toThrow(
    'answered 404',
  );
  server.close();
});
