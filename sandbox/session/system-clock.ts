/** The machine's clock. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from './clock.ts';

const began = Date.now() - performance.now();

export const systemClock: Clock = {
  now: () => Math.round(began + performance.now()),
  wall: () => Date.now(),
  every(ms, work) {
    const timer = setInterval(work, ms);
    timer.unref();
    return { [Symbol.dispose]: () => clearInterval(timer) };
  },
  wait: (ms, signal) => wait(ms, undefined, { signal, ref: false }),
};
