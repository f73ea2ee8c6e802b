import { expect, it } from 'vitest';
import { censusOf, type Counted } from './census.ts';

const one = (state: Counted['engine']['state'], disk?: number, memory?: number): Counted => ({
  engine: { state },
  usage: {
    now: {
      ...(disk === undefined ? {} : { disk: { used: disk } }),
      ...(memory === undefined ? {} : { memory: { used: memory } }),
      time: { leftMs: 0, extendMs: 0 },
    },
  },
});

it('counts sessions by state and engine, and sums what was measured of them', () => {
  const census = censusOf([one('ready', 10, 5), one('asleep', 30)], [one('starting')], {
    making: 2,
    ending: 1,
    waiting: 5,
  });
  expect(census).toEqual({
    sessions: { claimed: 2, warm: 1, making: 2, ending: 1 },
    waiting: 5,
    engines: { starting: 1, ready: 1, asleep: 1, stopped: 0 },
    disk: { sum: 40, most: 30 },
    memory: { sum: 5, most: 5 },
    network: { sum: 0, most: 0 },
  });
});
