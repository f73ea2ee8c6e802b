/** The proxy's own counters: bytes by interface, of which each session's network has one. They count what tunnels carry while they are open. */
import { z } from 'zod';

const interfaces = z.array(
  z.object({
    addr_info: z.array(z.object({ local: z.string().optional() })).default([]),
    stats64: z.object({ rx: z.object({ bytes: z.number() }), tx: z.object({ bytes: z.number() }) }).optional(),
  }),
);

/**
 * Reads a line of the meter program: `ip -j -s address show`.
 * @returns bytes, both ways, by the proxy's address on the network
 * @throws ZodError or SyntaxError when it is not what that program prints
 */
export function readCounters(line: string): Map<string, number> {
  const counted = new Map<string, number>();
  for (const { addr_info, stats64 } of interfaces.parse(JSON.parse(line)))
    for (const { local } of addr_info) if (local && stats64) counted.set(local, stats64.rx.bytes + stats64.tx.bytes);
  return counted;
}

/** One session's sum: counters begin again when the proxy does. */
export class Sum {
  #before = 0;
  #last = 0;

  /** @returns bytes in all */
  take(counter: number): number {
    if (counter < this.#last) this.#before += this.#last;
    this.#last = counter;
    return this.#before + counter;
  }
}
