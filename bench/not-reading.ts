/** A client that reads nothing while its shell prints without end: what it costs the gateway, its neighbour and itself. */
import { setTimeout as sleep } from 'node:timers/promises';
import { PROMPT, Reader } from '../verify/reader.ts';
import type { Gateway } from '../tests/support/gateway.ts';
import { median, quantile, timed } from './figures.ts';
import { openSlipway } from './peers/slipway.ts';
import { rss } from './processes.ts';
import { echo } from './terminal.ts';

/** growth: bytes of the gateway; the others milliseconds. */
export type NotReading = { growth: number; neighbourP95: number; wayOut: number };

/** @param seconds for how long nothing is read */
export async function notReading(gateway: Gateway, seconds: number): Promise<NotReading> {
  await using reader = new Reader(gateway.origin);
  await using neighbour = new Reader(gateway.origin);
  for (const one of [reader, neighbour]) {
    await one.connect();
    await one.engineReady();
    one.socket?.terminate();
  }
  using typing = await openSlipway(gateway.origin, neighbour.cookie);
  await typing.until(PROMPT);
  let line = await openSlipway(gateway.origin, reader.cookie);
  try {
    await line.until(PROMPT);
    // What both do from now on, they have done before: memory for that is not growth.
    line.type('yes | head -c 4M\r');
    await echo([typing], 30, 0);
    const before = await rss(gateway.pid);

    line.reading(false);
    line.type('yes\r');
    const until = performance.now() + seconds * 1_000;
    const sizes: number[] = [];
    const keys: number[] = [];
    while (performance.now() < until) {
      const [figures = []] = await echo([typing], 1, 0, (all) => quantile(all, 0.95));
      keys.push(...figures);
      sizes.push(await rss(gateway.pid));
      await sleep(100);
    }

    const wayOut = await timed(async () => {
      line.type('\x03');
      line.reading(true);
      if (line.closed) {
        // It was taken for dead: its page would be back with a new connection.
        line = await openSlipway(gateway.origin, reader.cookie);
        line.type('\x03');
      }
      await line.until(/\^C/);
      line.type("echo an''swered\r");
      await line.until(/answered/);
    });
    const late = sizes.slice(Math.floor(sizes.length / 2));
    return { growth: median(late) - before, neighbourP95: quantile(keys, 0.95), wayOut };
  } finally {
    line.close();
    for (const one of [reader, neighbour]) await one.end();
  }
}
