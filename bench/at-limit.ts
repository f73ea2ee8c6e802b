/** How much slower a sibling's `docker run` is beside a reader who is at a limit. */
import type { Reader } from '../verify/reader.ts';
import { quantile, timed } from './figures.ts';

/** What a reader does there, and what stops it: job control of the session's own shell. */
const stop = 'kill -9 -- -$!';
export const atLimit = {
  'at the bound of processes': {
    begin: `perl -e 'while (defined($p = fork())) { if (!$p) { sleep 600; exit } } sleep 600' & sleep 2`,
    end: stop,
  },
  'with a full disk': {
    begin: `head -c 400M /dev/zero >~/fill; (while sleep 0.1; do echo more >~/more; done) 2>/dev/null & true`,
    end: `${stop}; rm ~/fill`,
  },
  'in an endless loop': { begin: '(while :; do :; done) & true', end: stop },
  'in endless loops on every processor': {
    begin: '(for i in $(seq $(nproc)); do while :; do :; done & done; wait) & true',
    end: stop,
  },
} as const;
export type AtLimit = keyof typeof atLimit;

/**
 * @param one the reader at the limit, where there is a disk of 300 MB at most
 * @param two the sibling
 * @param count runs that are counted beside the other; as many are made alone, half of them before and half after
 * @returns the p95 beside the other against the p95 alone
 * @throws Error when one of the sibling's runs fails
 */
export async function slowedBy(what: AtLimit, one: Reader, two: Reader, count: number): Promise<number> {
  const { begin, end } = atLimit[what];
  const before = await runs(two, count / 2);
  await one.run(begin);
  const beside = await runs(two, count);
  one.type(`${end}\r`);
  const after = await runs(two, count / 2);
  return quantile(beside, 0.95) / quantile([...before, ...after], 0.95);
}

/** Milliseconds each took. */
export async function runs(reader: Reader, count: number): Promise<number[]> {
  const figures: number[] = [];
  for (let i = 0; i < count; i++) figures.push(await timed(() => runOnce(reader)));
  return figures;
}

async function runOnce(reader: Reader): Promise<void> {
  const { code, text } = await reader.run('docker run --rm busybox:1.37 true');
  if (code !== 0) throw new Error(`docker run ended with ${code}: ${text}`);
}
