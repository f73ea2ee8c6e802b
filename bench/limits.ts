/** `npm run bench:limits`: a sibling's `docker run` beside a reader at each limit, on the host that `npm start` runs. */
import { removeSessions } from '../sandbox/host/launch/clean-up.ts';
import { disksOfHost, openPool } from '../tests/support/disks.ts';
import { Gateway } from '../tests/support/gateway.ts';
import { dockerHost } from '../tests/support/host.ts';
import nameHost from '../tests/support/name-host.ts';
import { Reader } from '../verify/reader.ts';
import { atLimit, runs, slowedBy, type AtLimit } from './at-limit.ts';

const RUNS = 40;

await nameHost();
const root = await disksOfHost();
if (root === undefined) throw new Error('this host has no sized disks for this user: start Slipway as root');
await using pool = await openPool(root, 300);
await using gateway = await Gateway.start({ SLIPWAY_DISK_MB: '300' });
try {
  const [one, two] = [new Reader(gateway.origin), new Reader(gateway.origin)];
  for (const reader of [one, two]) {
    await reader.connect();
    await reader.engineReady();
  }
  await runs(two, 5);
  console.log('| beside a reader | docker run, p95 against alone |');
  for (const what of Object.keys(atLimit) as AtLimit[])
    console.log(`| ${what} | ${(await slowedBy(what, one, two, RUNS)).toFixed(2)} |`);
  for (const reader of [one, two]) await reader[Symbol.asyncDispose]();
} finally {
  await gateway.stop('SIGTERM');
  await removeSessions(dockerHost(), gateway.instance);
  await pool.stop();
}
