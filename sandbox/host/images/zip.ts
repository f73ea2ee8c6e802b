/** The files in a zip, one after another. */
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import yauzl from 'yauzl';

export type ZipEntry = { name: string; mtime: Date; data: Buffer };

/**
 * Reads a zip's files in the order of its directory, each whole.
 * @throws Error on a damaged zip: yauzl checks names, sizes and checksums
 */
export async function* zipEntries(path: string): AsyncGenerator<ZipEntry> {
  const zip = await promisify<string, yauzl.Options, yauzl.ZipFile>(yauzl.open)(path, {
    lazyEntries: true,
    autoClose: false,
  });
  try {
    const open = promisify(zip.openReadStream.bind(zip)) as (entry: yauzl.Entry) => Promise<NodeJS.ReadableStream>;
    for (let left = zip.entryCount; left > 0; left--) {
      const entry = await next(zip);
      if (entry.fileName.endsWith('/')) continue;
      yield { name: entry.fileName, mtime: entry.getLastModDate(), data: await buffer(await open(entry)) };
    }
  } finally {
    zip.close();
  }
}

function next(zip: yauzl.ZipFile): Promise<yauzl.Entry> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      zip.off('entry', onEntry);
      zip.off('error', onError);
    };
    const onEntry = (entry: yauzl.Entry) => {
      settle();
      resolve(entry);
    };
    const onError = (error: Error) => {
      settle();
      reject(error);
    };
    zip.on('entry', onEntry);
    zip.on('error', onError);
    zip.readEntry();
  });
}
