/** Readers who type and build for as long as is asked: no error, and a gateway that grows in neither memory nor descriptors. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Gateway } from '../tests/support/gateway.ts';
import { Reader } from '../verify/reader.ts';
import { median } from './figures.ts';
import { Random } from './fuzz/random.ts';
import { descriptors, rss } from './processes.ts';

const SAMPLE_MS = 2_000;
/** A program's own Dockerfile, small enough to be built again and again. */
const BUILD =
  "mkdir -p ~/soak && cd ~/soak && date +%N > now && printf 'FROM busybox:1.37\\nCOPY now /now\\nRUN cat /now\\n' > Dockerfile && docker build -q -t soak . && docker run --rm soak cat /now";

/** Slopes are of least squares over all but the first third, per hour. */
export type Soak = {
  commands: number;
  builds: number;
  errors: string[];
  bytesAnHour: number;
  descriptorsAnHour: number;
  /** How many more descriptors are open in the last third than in the middle one, by medians. */
  opened: number;
};

/** @param robots readers at once @param minutes for how long */
export async function soak(gateway: Gateway, robots: number, minutes: number, seed: number): Promise<Soak> {
  const random = new Random(seed);
  const soaked: Soak = { commands: 0, builds: 0, errors: [], bytesAnHour: 0, descriptorsAnHour: 0, opened: 0 };
  const readers = Array.from({ length: robots }, () => new Reader(gateway.origin));
  const samples: { hours: number; bytes: number; open: number }[] = [];
  try {
    for (const reader of readers) {
      await reader.connect();
      await reader.engineReady(120_000);
    }
    const begun = performance.now();
    const until = begun + minutes * 60_000;
    const live = async (reader: Reader, n: number) => {
      for (let turn = n; performance.now() < until; turn++) {
        // A person reads in between.
        await sleep(200 + random.below(3_000));
        const builds = turn % 10 === 0;
        const { code, text } = await reader.run(
          builds ? BUILD : `ls -la ~/workspace | tail -${1 + random.below(9)}`,
          300_000,
        );
        if (code !== 0) soaked.errors.push(`exit ${code}: ${text.slice(-200)}`);
        else soaked[builds ? 'builds' : 'commands'] += 1;
        if (random.below(20) > 0) continue;
        // And comes back after a nap of the laptop.
        reader.socket?.terminate();
        await reader.closed;
        await reader.connect();
      }
      if (reader.output.missing + reader.output.repeated > 0) soaked.errors.push('output missing or doubled');
    };
    const sampling = async () => {
      while (performance.now() < until) {
        const hours = (performance.now() - begun) / 3_600_000;
        samples.push({ hours, bytes: await rss(gateway.pid), open: await descriptors(gateway.pid) });
        await sleep(SAMPLE_MS);
      }
    };
    const lives = readers.map((reader, n) =>
      live(reader, n).catch((error: unknown) => soaked.errors.push(String(error))),
    );
    await Promise.all([sampling(), ...lives]);
  } finally {
    for (const reader of readers) {
      await reader.end().catch(() => undefined);
      await reader[Symbol.asyncDispose]();
    }
  }
  const warm = samples.slice(Math.floor(samples.length / 3));
  soaked.bytesAnHour = slope(warm.map(({ hours, bytes }) => [hours, bytes]));
  soaked.descriptorsAnHour = slope(warm.map(({ hours, open }) => [hours, open]));
  const open = (part: typeof warm) => median(part.map((sample) => sample.open));
  const half = Math.floor(warm.length / 2);
  soaked.opened = open(warm.slice(half)) - open(warm.slice(0, half));
  return soaked;
}

/** The slope of the line that lies closest to points, by least squares. */
export function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (at: 0 | 1) => points.reduce((sum, point) => sum + point[at], 0) / points.length;
  const [mx, my] = [mean(0), mean(1)];
  const [above, below] = points.reduce(([a, b], [x, y]) => [a + (x - mx) * (y - my), b + (x - mx) ** 2], [0, 0]);
  return above / below;
}
