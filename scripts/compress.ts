/** The last step of the site's build: a Brotli and a gzip copy beside every text file that is worth it, made once, served as it is. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const SITE = join(import.meta.dirname, '..', 'dist');
const TEXT = new Set(['.html', '.css', '.js', '.mjs', '.json', '.svg', '.txt', '.xml', '.wasm', '.cast']);
/** Smaller files fit into one packet anyway. */
const WORTH = 1_024;

const files = await readdir(SITE, { recursive: true, withFileTypes: true });
const texts = files.filter((file) => file.isFile() && TEXT.has(extname(file.name)));
await Promise.all(texts.map((file) => compress(join(file.parentPath, file.name))));

async function compress(path: string): Promise<void> {
  const bytes = await readFile(path);
  if (bytes.byteLength < WORTH) return;
  const size = { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength } };
  await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes, size));
  await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }));
}
