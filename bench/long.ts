/** `npm run bench:fuzz`, `bench:not-reading`…: the long versions of what `npm test` tries for seconds. Ends with 1 when a bound is broken. */
import { parseArgs } from 'node:util';
import { dockerHost } from '../tests/support/host.ts';
import nameHost from '../tests/support/name-host.ts';
import { Gateway } from '../tests/support/gateway.ts';
import { removeSessions } from '../sandbox/host/launch/clean-up.ts';
import { assault } from './fuzz/assault.ts';
import { churn } from './churn.ts';
import { engines } from './engines.ts';
import { notReading } from './not-reading.ts';
import { restarts } from './restarts.ts';
import { soak } from './soak.ts';

await nameHost();
const docker = dockerHost();
const { values, positionals } = parseArgs({ allowPositionals: true, options: { minutes: { type: 'string' } } });
const [what = '', option] = positionals;

const benches: Record<string, () => Promise<boolean>> = {
  async fuzz() {
    const seed = Number(option ?? Date.now() % 1e9);
    console.log(`seed ${seed}`);
    const { frames, origins, tickets, ...damage } = await assault(docker, seed, 100_000, 1_000);
    console.log(`${frames} frames, ${origins} origins, ${tickets} tickets:`, damage);
    return Object.values(damage).every((count) => count === 0);
  },
  'not-reading': () =>
    withGateway({}, async (gateway) => {
      const seconds = Number(option ?? 60);
      const { growth, neighbourP95, wayOut } = await notReading(gateway, seconds);
      const bytes = `gateway +${(growth / 2 ** 20).toFixed(2)} MiB`;
      console.log(`${seconds} s of \`yes\`: ${bytes}, neighbour’s echo p95 ${ms(neighbourP95)}, out in ${ms(wayOut)}`);
      return growth <= 2 * 2 ** 20 && neighbourP95 < 100 && wayOut < 500;
    }),
  restart: () =>
    withGateway({}, async (gateway) => {
      const kills = Number(option ?? 20);
      const { lost, bytes, reattachP95, replayed } = await restarts(gateway, 30, kills);
      console.log(`30 shells, ${kills + 1} kills: ${lost} lost, ${bytes} bytes missing or doubled`);
      console.log(`reattached within ${ms(reattachP95)} (p95), ${(replayed / 2 ** 20).toFixed(2)} MiB replayed`);
      return lost === 0 && bytes === 0 && reattachP95 < 2_000 && replayed >= 2 ** 20;
    }),
  async churn() {
    const { left, descriptors, growth, made, killed } = await churn(docker, Number(option ?? 1_000), 1);
    console.log(`${made} sessions made, ${killed} killed half-way; left: ${left.join(', ') || 'nothing'}`);
    console.log(`gateway: ${descriptors} descriptors more, memory ${(growth * 100).toFixed(1)} % more`);
    return left.length === 0 && descriptors <= 4 && growth < 0.05;
  },
  soak: () =>
    withGateway({}, async (gateway) => {
      const minutes = Number(values.minutes ?? option ?? 30);
      const { errors, commands, builds, ...slopes } = await soak(gateway, 20, minutes, 1);
      console.log(`${commands} commands, ${builds} builds, ${errors.length} errors`, errors.slice(0, 5));
      const [bytes, open] = [slopes.bytesAnHour, slopes.descriptorsAnHour];
      console.log(`gateway: ${(bytes / 2 ** 20).toFixed(2)} MiB and ${open.toFixed(1)} descriptors an hour`);
      return errors.length === 0 && bytes < 20 * 2 ** 20 && open < 10;
    }),
  engines: () =>
    withGateway({ SLIPWAY_MAX_SESSIONS: '100', SLIPWAY_SESSIONS_PER_ADDRESS: '100' }, async (gateway) => {
      const count = Number(option ?? 30);
      const { ready, failed, median, slowest } = await engines(gateway, count);
      console.log(`${count} engines ready in ${ms(ready)}; builds: median ${ms(median)}, slowest ${ms(slowest)}`);
      console.log(`${failed.length} failed`, failed.slice(0, 3));
      return failed.length === 0;
    }),
};

const ms = (figure: number) => (figure < 10_000 ? `${figure.toFixed(0)} ms` : `${(figure / 1_000).toFixed(1)} s`);

/** A gateway for a bench; its sessions go with it. */
async function withGateway(
  env: Record<string, string>,
  work: (gateway: Gateway) => Promise<boolean>,
): Promise<boolean> {
  await using gateway = await Gateway.start(env);
  try {
    return await work(gateway);
  } finally {
    await gateway.stop('SIGTERM');
    await removeSessions(docker, gateway.instance);
  }
}

const begun = performance.now();
const bench = benches[what];
if (!bench) throw new Error(`expected one of ${Object.keys(benches).join(', ')}, received "${what}"`);
const held = await bench();
console.log(`${what}: ${held ? 'holds' : 'BROKEN'}, in ${((performance.now() - begun) / 1_000).toFixed(0)} s`);
process.exitCode = held ? 0 : 1;
