/** Time for tests of what waits long. */
import type { Platform } from './platform.ts';

/** Real time, but for waits of more than a second: those are kept until `pass`. */
export function longWaits(): Pick<Platform, 'after'> & { waits: number[]; pass: () => void } {
  const held = new Map<symbol, { ms: number; run: () => void }>();
  return {
    get waits() {
      return [...held.values()].map(({ ms }) => ms);
    },
    pass() {
      for (const [key, { run }] of [...held]) {
        held.delete(key);
        run();
      }
    },
    after(ms, run) {
      if (ms <= 1_000) {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      }
      const key = Symbol();
      held.set(key, { ms, run });
      return () => held.delete(key);
    },
  };
}
