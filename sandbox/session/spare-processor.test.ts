import { expect, test } from 'vitest';
import { SpareProcessor, type ProcessorTimes } from './spare-processor.ts';

/** Processors that stood idle for these shares of each second. */
function machine(...shares: number[]) {
  const times = shares.map(() => ({ times: { user: 0, sys: 0, idle: 0 } }));
  const spare = new SpareProcessor((): ProcessorTimes => structuredClone(times));
  return (...next: number[]) => {
    next.forEach((share, i) => {
      const one = times[i]?.times;
      if (!one) return;
      one.idle += share * 1_000;
      one.user += (1 - share) * 1_000;
    });
    return spare.look();
  };
}

test.each([
  [[1, 1], true],
  [[1, 0], true],
  [[0.5, 0.6], true],
  [[0.9, 0], false],
  [[0, 0], false],
  [[0.5], true],
  [[0.4], false],
  [[0.3, 0.3, 0.3, 0.3], true],
])('processors idle for %j of a second: %s', (shares, expected) => {
  expect(machine(...shares)(...shares)).toBe(expected);
});

test('only the time since the last look counts', () => {
  const look = machine(1, 1);
  expect(look(1, 1)).toBe(true);
  expect(look(0, 0)).toBe(false);
  expect(look(1, 1)).toBe(true);
});

test('this machine’s can be read', () => {
  const spare = new SpareProcessor();
  expect(typeof spare.look()).toBe('boolean');
});
