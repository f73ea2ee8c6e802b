/** `npm run bench:fuzz`, `bench:not-reading`…: the long versions of what `npm test` tries for seconds. Ends with 1 when a bound is broken. */
import { dockerHost } from '../tests/support/host.ts';
import nameHost from '../tests/support/name-host.ts';
import { Gateway } from '../tests/support/gateway.ts';
import { removeSessions } from '../sandbox/host/launch/clean-up.ts';
import { assault } from './fuzz/assault.ts';
import { notReading } from './not-reading.ts';

await nameHost();
const docker = dockerHost();
const [what = '', option] = process.argv.slice(2);

const benches: Record<string, () => Promise<boolean>> = {
  async fuzz() {
    const seed = Number(option ?? Date.now() % 1e9);
    console.log(`seed ${seed}`);
    const { frames, origins, tickets, ...damage } = await assault(docker, seed, 100_000, 1_000);
    console.log(`${frames} frames, ${origins} origins, ${tickets} tickets:`, damage);
    return Object.values(damage).every((count) => count === 0);
  },
  async 'not-reading'() {
    const seconds = Number(option ?? 60);
    await using gateway = await Gateway.start();
    const { growth, neighbourP95, wayOut } = await notReading(gateway, seconds);
    await removeSessions(docker, gateway.instance);
    console.log(
      `${seconds} s of \`yes\`: gateway +${(growth / 2 ** 20).toFixed(2)} MiB, neighbour’s echo p95 ${neighbourP95.toFixed(1)} ms, out in ${wayOut.toFixed(0)} ms`,
    );
    return growth <= 2 * 2 ** 20 && neighbourP95 < 100 && wayOut < 500;
  },
};

const begun = performance.now();
const bench = benches[what];
if (!bench) throw new Error(`expected one of ${Object.keys(benches).join(', ')}, received "${what}"`);
const held = await bench();
console.log(`${what}: ${held ? 'holds' : 'BROKEN'}, in ${((performance.now() - begun) / 1_000).toFixed(0)} s`);
process.exitCode = held ? 0 : 1;
