/** A client that reads nothing: the gateway keeps nothing for it, its neighbour notices nothing, and it has its prompt back at once. */
import { expect, test } from 'vitest';
import { notReading } from '../../bench/not-reading.ts';
import { ownGateway } from '../support/own.ts';

const own = ownGateway();

test('8 s of `yes` that nobody reads: 2 MiB at most, a neighbour’s echo p95 under 100 ms, a prompt within 500 ms', async () => {
  const { growth, neighbourP95, wayOut } = await notReading(own.gateway, 8);
  console.log(
    `gateway +${(growth / 2 ** 20).toFixed(2)} MiB, neighbour p95 ${neighbourP95.toFixed(1)} ms, out in ${wayOut.toFixed(0)} ms`,
  );
  expect(growth).toBeLessThanOrEqual(2 * 2 ** 20);
  expect(neighbourP95).toBeLessThan(100);
  expect(wayOut).toBeLessThan(500);
});
