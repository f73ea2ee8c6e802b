/** kill -9 of the gateway, again and again, with shells that print numbers all the while. */
import { withoutMarks } from '../verify/marks.ts';
import { Reader } from '../verify/reader.ts';
import type { Gateway } from '../tests/support/gateway.ts';
import { quantile } from './figures.ts';

/** Numbers each shell prints between two kills. */
const BETWEEN = 20;
/** Prints more than a MiB while no gateway is there. */
const MUCH = { command: 'seq 1000000 1149999; echo counted', first: 1_000_000, last: 1_149_999 };

/**
 * lost: shells that are not there any more, not the same, or whose numbers do not follow one another; bytes missing or doubled, in all.
 * reattach: p95 of milliseconds from the kill to the shell's screen, the start of the next gateway included.
 * replayed: bytes of the least replay of a long output.
 */
export type Restarts = { lost: number; bytes: number; reattachP95: number; replayed: number };

/** @param gateway killed and started again @param shells with a session each @param kills how often */
export async function restarts(gateway: Gateway, shells: number, kills: number): Promise<Restarts> {
  const readers = Array.from({ length: shells }, () => new Reader(gateway.origin));
  const times: number[] = [];
  const replays: number[] = [];
  const kill = async () => {
    await gateway.stop('SIGKILL');
    await Promise.all(readers.map((reader) => reader.closed));
    const begun = performance.now();
    await gateway.restart();
    await Promise.all(
      readers.map(async (reader) => {
        const seen = reader.output.next;
        const { end } = await reader.connect();
        times.push(performance.now() - begun);
        replays.push(end - seen);
      }),
    );
  };
  try {
    await Promise.all(readers.map((reader) => reader.connect()));
    await Promise.all(readers.map((reader) => reader.run('echo $$ > /tmp/shell')));
    const sessions = readers.map((reader) => reader.session);
    for (const reader of readers)
      // It looks whether a line was entered and never waits for one: a wait that ends by time, or by Ctrl-C, can swallow what is typed.
      reader.type("i=0; until read -t 0; do echo line-$((++i)); sleep 0.05; done; read -r; echo paus''ed\r");
    for (let n = 1; n <= kills; n++) {
      await Promise.all(readers.map((reader) => reader.output.until(new RegExp(`line-${n * BETWEEN}\\r`), 120_000)));
      await kill();
    }
    const checks = readers.map(async (reader) => {
      reader.type('\r');
      await reader.output.until(/paused/);
      const last = Number(/last=(\d+)/.exec((await reader.run('echo last=$i')).text)?.[1]);
      const same = (await reader.run('[ $$ = $(cat /tmp/shell) ]')).code === 0;
      return same && follow(numbers(reader.output.text, /^line-(\d+)\r$/gm), 1, last);
    });
    const whole = await Promise.all(checks);

    replays.length = 0;
    const from = readers.map((reader) => reader.output.text.length);
    for (const reader of readers) reader.type(`${MUCH.command}\r`);
    await Promise.all(readers.map((reader) => reader.output.until(/1000000\r/)));
    await kill();
    const long = readers.map(async (reader, at) => {
      await reader.output.until(/counted\r/);
      return follow(numbers(reader.output.text.slice(from[at]), /^(\d{7})\r$/gm), MUCH.first, MUCH.last);
    });
    const also = await Promise.all(long);
    return {
      lost: readers.filter((one, at) => !whole[at] || !also[at] || one.session !== sessions[at]).length,
      bytes: readers.reduce((sum, { output }) => sum + output.missing + output.repeated, 0),
      reattachP95: quantile(times, 0.95),
      replayed: Math.min(...replays),
    };
  } finally {
    await Promise.all(readers.map((reader) => reader.end().catch(() => undefined)));
    await Promise.all(readers.map((reader) => reader[Symbol.asyncDispose]()));
  }
}

function numbers(text: string, line: RegExp): number[] {
  return [...withoutMarks(text).matchAll(line)].map((match) => Number(match[1]));
}

/** Whether numbers go from one to another without a gap or a double. */
function follow(found: readonly number[], first: number, last: number): boolean {
  return found.length === last - first + 1 && found.every((number, at) => number === first + at);
}
