/** What a terminal feels like: connect, keystroke echo, throughput, the way out of a flood. Each peer in turn, in one run. */
import { setTimeout as sleep } from 'node:timers/promises';
import { PROMPT } from '../verify/reader.ts';
import { median, timed } from './figures.ts';
import type { Line, Peer } from './line.ts';

/** One figure of each round, of every peer in the order they were given. */
export type Rounds = readonly (readonly number[])[];

/** Compares by the median of the rounds' own ratios: what a machine does beside it changes from round to round. */
export function ratio(rounds: Rounds, of: number, to: number): number {
  return median((rounds[of] ?? []).map((figure, round) => figure / (rounds[to]?.[round] ?? NaN)));
}

/** Measures all in every round; who begins changes from round to round. Rounds before `warm` are not counted. */
async function interleaved<T>(
  all: readonly T[],
  { rounds, warm }: { rounds: number; warm: number },
  measure: (one: T) => Promise<number>,
): Promise<Rounds> {
  const figures: number[][] = all.map(() => []);
  for (let round = -warm; round < rounds; round++) {
    for (let turn = 0; turn < all.length; turn++) {
      const at = (turn + round + warm) % all.length;
      const one = all[at];
      if (one === undefined) continue;
      const figure = await measure(one);
      if (round >= 0) figures[at]?.push(figure);
    }
  }
  return figures;
}

/** Milliseconds from nothing to a prompt, the session being ready. */
export function connect(peers: readonly Peer[], rounds: number): Promise<Rounds> {
  return interleaved(peers, { rounds, warm: 2 }, async (peer) => {
    const begun = performance.now();
    using line = await peer.open();
    await line.until(PROMPT);
    return performance.now() - begun;
  });
}

const KEYS = 'abcdefghijklmnopqrstuvwxyz';

/**
 * Milliseconds per keystroke, of lines of keys, each key waiting for its echo.
 * @param warm lines before, which are not counted: programs that compile while they run are slow at first, and a gateway that serves is not new
 * @param figure what stands for a line's keys, their median if left out
 */
export function echo(lines: readonly Line[], rounds: number, warm = 30, figure = median): Promise<Rounds> {
  return interleaved(lines, { rounds, warm }, async (line) => {
    const figures: number[] = [];
    for (const key of KEYS) {
      line.clear();
      const seen = new RegExp(key);
      figures.push(
        await timed(async () => {
          line.type(key);
          await line.until(seen);
        }),
      );
    }
    line.clear();
    line.type('\x15');
    await answered(line);
    return figure(figures);
  });
}

/** Megabytes a second that reach the client, of a program that prints as fast as it can. */
export function throughput(lines: readonly Line[], rounds: number, bytes = 16e6): Promise<Rounds> {
  return interleaved(lines, { rounds, warm: 1 }, async (line) => {
    await answered(line);
    const mark = Math.random().toString(36).slice(2, 8);
    const before = line.bytes;
    const ms = await timed(async () => {
      line.type(`yes "$(seq -s ' ' 30)" | head -c ${bytes}; echo end''${mark}\r`);
      await line.until(new RegExp(`end${mark}`));
    });
    return (line.bytes - before) / 1e3 / ms;
  });
}

/**
 * `yes` for 1.5 s, then Ctrl-C: milliseconds until a terminal emulator has parsed all that came before, and the prompt's answer.
 * The lines parse from now on.
 */
export function flood(lines: readonly Line[], tries: number): Promise<Rounds> {
  for (const line of lines) line.parse();
  return interleaved(lines, { rounds: tries, warm: 1 }, async (line) => {
    await answered(line);
    line.type('yes slipway\r');
    await sleep(1_500);
    return timed(async () => {
      line.type('\x03');
      await line.until(/\^C/);
      await answered(line);
    });
  });
}

/** Resolves when the shell has carried out a command: what was typed and printed before is over. */
async function answered(line: Line): Promise<void> {
  const mark = Math.random().toString(36).slice(2, 8);
  line.clear();
  line.type(`echo ok''${mark}\r`);
  await line.until(new RegExp(`ok${mark}`));
}
