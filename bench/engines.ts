/** Many sessions at once, all with a ready engine, all building the lessons' program. */
import type { Gateway } from '../tests/support/gateway.ts';
import { Reader } from '../verify/reader.ts';
import { quantile, timed } from './figures.ts';

const BUILD = 'docker build -f Dockerfile.multi_stage -t goapp:multistage . && docker run --rm goapp:multistage';
const BUILD_MS = 60 * 60_000;

/** Times are milliseconds: until all engines were ready, and of each build. */
export type Engines = { ready: number; failed: string[]; median: number; slowest: number };

/** @param count sessions */
export async function engines(gateway: Gateway, count: number): Promise<Engines> {
  const readers = Array.from({ length: count }, () => new Reader(gateway.origin));
  const failed: string[] = [];
  try {
    const ready = await timed(() =>
      Promise.all(
        readers.map(async (reader) => {
          await reader.connect();
          await reader.engineReady(300_000);
        }),
      ),
    );
    const times = await Promise.all(
      readers.map((reader) =>
        timed(async () => {
          const { code, text } = await reader.run(BUILD, BUILD_MS);
          if (code !== 0 || !text.includes('username is')) failed.push(text.slice(-300));
        }),
      ),
    );
    return { ready, failed, median: quantile(times, 0.5), slowest: Math.max(...times) };
  } finally {
    await Promise.all(readers.map((reader) => reader.end().catch(() => undefined)));
    await Promise.all(readers.map((reader) => reader[Symbol.asyncDispose]()));
  }
}
