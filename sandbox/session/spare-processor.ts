/** Whether the machine has a processor to spare: making a session takes about one second of one. */
import { cpus } from 'node:os';

export type ProcessorTimes = readonly { readonly times: Readonly<Record<string, number>> }[];

export class SpareProcessor {
  readonly #read: () => ProcessorTimes;
  #before: { idle: number; all: number };

  /** @param read the time all processors have spent so far, as `os.cpus` gives it */
  constructor(read: () => ProcessorTimes = cpus) {
    this.#read = read;
    this.#before = sum(read());
  }

  /** @returns whether since the last call a whole processor stood idle, or half of the only one */
  look(): boolean {
    const times = this.#read();
    const now = sum(times);
    const [idle, all] = [now.idle - this.#before.idle, now.all - this.#before.all];
    this.#before = now;
    // Two calls within a clock tick tell nothing.
    return all > 0 && (idle / all) * times.length >= Math.min(1, times.length / 2);
  }
}

function sum(processors: ProcessorTimes): { idle: number; all: number } {
  let [idle, all] = [0, 0];
  for (const { times } of processors) {
    idle += times['idle'] ?? 0;
    for (const time of Object.values(times)) all += time;
  }
  return { idle, all };
}
