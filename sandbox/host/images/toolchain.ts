/** Go's toolchain from the module proxy: fetched once, checked against its pinned hash, unpacked into a build context. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { golang, toolchainModule } from './pins.ts';
import { zipEntries } from './zip.ts';
import type { ContextFile } from './context.ts';
import type { Say } from '../progress/steps.ts';

/** The architectures a stand-in can be made for. */
export type Architecture = keyof typeof golang.toolchain;

/**
 * The toolchain's zip in the cache, fetched when it is not there.
 * @throws Error when the proxy does not answer or the zip is not the pinned one
 */
export async function fetchToolchain(proxy: string, cache: string, cpu: Architecture, say: Say): Promise<string> {
  const { arch, h1 } = golang.toolchain[cpu];
  const { path, version } = toolchainModule(arch);
  const file = join(cache, `${version}.zip`);
  if (await present(file)) return file;
  await mkdir(cache, { recursive: true });
  const part = `${file}.part`;
  const response = await fetch(`${proxy}/${path}/@v/${version}.zip`);
  if (!response.ok || response.body === null)
    throw new Error(`${proxy} answered ${response.status} for ${path}@${version}`);
  const total = Number(response.headers.get('content-length') ?? 0);
  await pipeline(response.body as AsyncIterable<Uint8Array>, counted(total, say), createWriteStream(part));
  say('checking its hash');
  const found = await directoryHash(part);
  if (found !== h1) {
    await rm(part);
    throw new Error(`${path}@${version} from ${proxy} has the hash ${found}; pinned is ${h1}`);
  }
  await rename(part, file);
  return file;
}

/** The hash go.sum uses for a module zip: SHA-256 over the sorted list of its files' SHA-256; source: golang.org/x/mod/sumdb/dirhash. */
export async function directoryHash(zip: string): Promise<string> {
  const lines: { name: string; line: string }[] = [];
  for await (const { name, data } of zipEntries(zip))
    lines.push({ name, line: `${createHash('sha256').update(data).digest('hex')}  ${name}\n` });
  lines.sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
  const all = createHash('sha256');
  for (const { line } of lines) all.update(line);
  return `h1:${all.digest('base64')}`;
}

/** The toolchain's files below `go/`, with the run bits and go.mod names that a module zip cannot carry. */
export async function* toolchainFiles(zip: string): AsyncGenerator<ContextFile> {
  for await (const { name, data, mtime } of zipEntries(zip)) {
    const inner = name.replace(/^.*?@[^/]+\//, '').replace(/(^|\/)_go\.mod$/, '$1go.mod');
    const runs = /^(bin|pkg\/tool\/[^/]+)\/[^/]+$|^lib\/.*_exec$|\.(bash|pl|rc)$/.test(inner);
    yield { name: `go/${inner}`, mode: runs ? 0o755 : 0o644, mtime, data };
  }
}

function counted(total: number, say: Say): Transform {
  let got = 0;
  const mb = (bytes: number) => (bytes / 1e6).toFixed(0);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      got += chunk.length;
      say(total > 0 ? `${mb(got)} of ${mb(total)} MB` : `${mb(got)} MB`);
      done(null, chunk);
    },
  });
}

async function present(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
