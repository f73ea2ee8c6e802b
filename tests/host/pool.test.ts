/** Sessions kept ready for readers outlive their gateway, as readers' own do. */
import { expect, test } from 'vitest';
import { removeSessions } from '../../sandbox/host/launch/clean-up.ts';
import { PROMPT, Reader } from '../../verify/reader.ts';
import { Gateway } from '../support/gateway.ts';
import { dockerHost, leftovers } from '../support/host.ts';

const docker = dockerHost();

/** The sessions' containers by the register: their names say whose they are. */
async function containers(instance: string): Promise<{ id: string; name: string }[]> {
  const found = await docker.listContainers({ all: true, filters: { label: [`slipway.instance=${instance}`] } });
  return found.map(({ Labels, Names }) => ({
    id: Labels['slipway.session'] ?? '',
    name: Names[0]?.slice(1) ?? '',
  }));
}
const unclaimed = async (instance: string) => (await containers(instance)).filter(({ name }) => !name.includes('.'));

test('kill -9 of the gateway: the next finds readers’ sessions and those kept ready, and nothing is lost or doubled', async () => {
  await using gateway = await Gateway.start({
    SLIPWAY_POOL_INITIAL: '2',
    SLIPWAY_POOL_RESERVE: '2',
    SLIPWAY_POOL_MAX: '2',
    SLIPWAY_MAX_SESSIONS: '4',
  });
  try {
    const ready = (count: number) =>
      expect
        .poll(() => gateway.log.split('session ready for a reader').length - 1, { timeout: 90_000 })
        .toBeGreaterThanOrEqual(count);
    await ready(2);
    await using reader = new Reader(gateway.origin);
    await reader.connect();
    await reader.run('echo kept > /tmp/mark');
    // What a reader names and labels so in their own engine is in their own engine.
    const [mine] = (await containers(gateway.instance)).filter(({ id }) => id === reader.session);
    await reader.engineReady();
    const forged = `${gateway.instance}-abcdefghijkl.${'e'.repeat(64)}.${'f'.repeat(64)}.1`;
    const labels = `--label slipway.instance=${gateway.instance} --label slipway.session=abcdefghijkl --label slipway.role=session`;
    expect((await reader.run(`docker create --name ${forged} ${labels} busybox:1.37 true`)).code).toBe(0);
    await ready(3);
    const before = (await containers(gateway.instance)).map(({ name }) => name).sort();
    expect(before).toHaveLength(3);
    await gateway.stop('SIGKILL');
    await gateway.restart();
    await ready(5);
    expect((await containers(gateway.instance)).map(({ name }) => name).sort()).toEqual(before);
    await reader.closed;
    await reader.connect();
    expect(reader.session).toBe(mine?.id);
    expect((await reader.run('cat /tmp/mark')).text.trim()).toBe('kept');
    const spare = (await unclaimed(gateway.instance)).map(({ id }) => id);
    await using second = new Reader(gateway.origin);
    await second.connect();
    await second.output.until(PROMPT);
    expect(spare).toContain(second.session);
    expect((await second.run('ls -A ~/workspace /tmp')).code).toBe(0);
  } finally {
    await gateway.stop('SIGTERM');
    await removeSessions(docker, gateway.instance);
    expect(await leftovers(docker, `slipway.instance=${gateway.instance}`)).toEqual([]);
  }
});
