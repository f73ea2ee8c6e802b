/** Sessions come and go, readers type and build: nothing is left, nothing fails, nothing grows. `npm run bench:churn` and `npm run soak` go on for longer. */
import { expect, test } from 'vitest';
import { churn } from '../../bench/churn.ts';
import { soak } from '../../bench/soak.ts';
import { dockerHost } from '../support/host.ts';
import { ownGateway } from '../support/own.ts';

const own = ownGateway();

test.concurrent(
  'of 20 sessions, 4 killed half-way, nothing is left after the gateway has cleared up',
  async () => {
    const { killed, left, descriptors } = await churn(dockerHost(), 20, 1);
    expect(killed).toBe(4);
    expect(left).toEqual([]);
    // Connections to the engine that are kept for the next call.
    expect(descriptors).toBeLessThanOrEqual(4);
  },
  400_000,
);

test.concurrent(
  'four readers type and build for half a minute: no error, and no descriptor more in the end',
  async () => {
    const { commands, builds, errors, opened } = await soak(own.gateway, 4, 0.5, 1);
    console.log(`${commands} commands, ${builds} builds, ${opened} descriptors more`);
    expect(errors).toEqual([]);
    expect(builds).toBeGreaterThan(0);
    expect(opened).toBeLessThanOrEqual(2);
  },
  240_000,
);
