/** Keystroke echo, and the way out of a flood: the gateway's protocol beside the raw exec stream, in turns, in one run. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Reader } from '../verify/reader.ts';
import { median, timed } from './figures.ts';
import type { RawExec } from './raw-exec.ts';

export type Pair = { ours: number; raw: number; ratio: number };

const keys = 'abcdefghijklmnopqrstuvwxyz';

/** A line of keystrokes, each waiting for its echo; milliseconds per key. */
async function typeLine(
  type: (text: string) => void,
  clear: () => void,
  until: (p: RegExp) => Promise<unknown>,
): Promise<number[]> {
  const figures: number[] = [];
  for (const key of keys) {
    clear();
    figures.push(
      await timed(async () => {
        type(key);
        await until(new RegExp(key));
      }),
    );
  }
  clear();
  type('\x15');
  await sleep(20);
  return figures;
}

/**
 * @param rounds lines typed on each side, in turns
 * @returns medians of all keystrokes in milliseconds, and the median of the rounds' ratios
 */
export async function echo(reader: Reader, raw: RawExec, rounds: number): Promise<Pair> {
  const pairs: Pair[] = [];
  for (let i = 0; i < rounds; i++) {
    const ours = median(
      await typeLine(
        (t) => reader.type(t),
        () => reader.output.clear(),
        (p) => reader.output.until(p),
      ),
    );
    const floor = median(
      await typeLine(
        (t) => raw.type(t),
        () => raw.clear(),
        (p) => raw.until(p),
      ),
    );
    pairs.push({ ours, raw: floor, ratio: ours / floor });
  }
  return {
    ours: median(pairs.map((p) => p.ours)),
    raw: median(pairs.map((p) => p.raw)),
    ratio: median(pairs.map((p) => p.ratio)),
  };
}

/** `yes` for 1.5 s, then Ctrl-C: milliseconds until the next prompt has been read and answers. */
async function outOfFlood(
  type: (text: string) => void,
  clear: () => void,
  until: (p: RegExp) => Promise<unknown>,
): Promise<number> {
  type('yes slipway\r');
  await sleep(1_500);
  const mark = Math.random().toString(36).slice(2, 8);
  clear();
  const took = await timed(async () => {
    type('\x03');
    await until(/\^C/);
    type(`echo ok''${mark}\r`);
    await until(new RegExp(`ok${mark}`));
  });
  return took;
}

/**
 * @param tries counted on each side; one more before them is not
 * @returns medians of the tries in milliseconds, and their ratio
 */
export async function flood(reader: Reader, raw: RawExec, tries: number): Promise<Pair> {
  const ours: number[] = [];
  const floor: number[] = [];
  const wayOut = async () => ({
    ours: await outOfFlood(
      (t) => reader.type(t),
      () => reader.output.clear(),
      (p) => reader.output.until(p),
    ),
    raw: await outOfFlood(
      (t) => raw.type(t),
      () => raw.clear(),
      (p) => raw.until(p),
    ),
  });
  await wayOut();
  for (let i = 0; i < tries; i++) {
    const both = await wayOut();
    ours.push(both.ours);
    floor.push(both.raw);
  }
  return { ours: median(ours), raw: median(floor), ratio: median(ours) / median(floor) };
}
