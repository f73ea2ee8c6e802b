/** After a tab is closed and its grace is over, nothing is left: no process, container, network, volume or folder. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { Gateway } from '../support/gateway.ts';
import { dockerHost, leftovers } from '../support/host.ts';
import { removeSessions } from '../../sandbox/host/launch/clean-up.ts';
import { Reader } from '../../verify/reader.ts';

const docker = dockerHost();
const instances: string[] = [];
afterAll(async () => {
  for (const instance of instances) await removeSessions(docker, instance);
});

/** Processes on this machine that belong to a container, by the cgroup or the environment that names it. */
function processesOf(container: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return [`/proc/${pid}/cgroup`, `/proc/${pid}/cmdline`].some((file) =>
          readFileSync(file, 'utf8').includes(container),
        );
      } catch {
        return false;
      }
    });
}

test('a closed tab’s session ends after the idle time, with every process in it', async () => {
  await using gateway = await Gateway.start({ SLIPWAY_IDLE_SECONDS: '6' });
  instances.push(gateway.instance);
  await using reader = new Reader(gateway.origin);
  await reader.connect();
  await reader.engineReady();
  expect((await reader.run('sleep 1000 & disown')).code).toBe(0);
  const label = `slipway.session=${reader.session}`;
  const [container] = await docker.listContainers({ filters: { label: [label] } });
  if (!container) throw new Error('the session has no container');
  expect(processesOf(container.Id).length).toBeGreaterThan(0);
  reader.socket?.close();
  await expect.poll(() => leftovers(docker, label), { timeout: 20_000 }).toEqual([]);
  await expect.poll(() => processesOf(container.Id), { timeout: 5_000 }).toEqual([]);
});

test('a session whose gateway never returns ends by itself, and the next gateway removes the rest', async () => {
  const gateway = await Gateway.start({ SLIPWAY_IDLE_SECONDS: '2' });
  instances.push(gateway.instance);
  const reader = new Reader(gateway.origin);
  await reader.connect();
  const label = `slipway.session=${reader.session}`;
  await gateway.stop('SIGKILL');
  await expect
    .poll(async () => (await docker.listContainers({ all: true, filters: { label: [label] } })).length, {
      timeout: 20_000,
    })
    .toBe(0);
  await gateway.restart();
  // What is younger than a minute may belong to a session that is just being made.
  await expect.poll(() => leftovers(docker, label), { timeout: 150_000, interval: 1_000 }).toEqual([]);
  await gateway.stop('SIGTERM');
}, 200_000);

test('the folder shared with a session goes with it', async () => {
  await using gateway = await Gateway.start();
  instances.push(gateway.instance);
  await using reader = new Reader(gateway.origin);
  await reader.connect();
  const [container] = await docker.listContainers({ filters: { label: [`slipway.session=${reader.session}`] } });
  const { Mounts } = await docker.getContainer(container?.Id ?? '').inspect();
  const folder = Mounts.find(({ Destination }) => Destination === '/run/slipway')?.Source ?? '';
  expect(existsSync(folder)).toBe(true);
  await reader.end();
  await expect.poll(() => existsSync(folder)).toBe(false);
});
