/** Frames, origins and tickets that are not as they should be, while a reader works: nothing crashes, nobody is let in, nothing leaks. */
import { expect, test } from 'vitest';
import { assault } from '../../bench/fuzz/assault.ts';
import { dockerHost } from '../support/host.ts';

test('10,000 spoilt frames, 14 origins, 200 tickets: no crash, no session, no foreign byte', async () => {
  const seed = Number(process.env['SLIPWAY_FUZZ_SEED'] ?? Date.now() % 1e9);
  console.log(`seed ${seed}: SLIPWAY_FUZZ_SEED repeats it; npm run bench:fuzz tries ten times as many`);
  const { frames, origins, tickets, ...damage } = await assault(dockerHost(), seed, 10_000, 200);
  expect(frames).toBeGreaterThanOrEqual(10_000);
  expect([origins, tickets]).toEqual([14, 200]);
  expect(damage).toEqual({ crashes: 0, sessionsMade: 0, foreign: 0, let: 0, unclosed: 0, lost: 0 });
}, 180_000);
