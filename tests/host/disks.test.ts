/** A disk of a session's own: small when it is fresh, full for its reader alone, seen by nobody afterwards. */
import { readdir, readFile, stat, writeFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { layoutOf, type Layout } from '../../sandbox/host/disks/layout.ts';
import type { DiskPool } from '../../sandbox/host/disks/pool.ts';
import { removeSessions } from '../../sandbox/host/launch/clean-up.ts';
import type { Reader } from '../../verify/reader.ts';
import { disksOfHost, openPool } from '../support/disks.ts';
import { Gateway } from '../support/gateway.ts';
import { dockerHost } from '../support/host.ts';
import { enter, leave } from '../support/visit.ts';

const MB = 300;
const docker = dockerHost();
const root = await disksOfHost();

/** Bytes of the host's disk that a file takes. */
const allocated = async (file: string) => (await stat(file)).blocks * 512;

describe.runIf(root !== undefined)('sized disks', () => {
  let pool: DiskPool;
  let layout: Layout;
  let gateway: Gateway;
  beforeAll(async () => {
    layout = layoutOf(root ?? '', MB * 2 ** 20);
    pool = await openPool(root ?? '', MB);
    gateway = await Gateway.start({ SLIPWAY_DISK_MB: String(MB) });
  });
  afterAll(async () => {
    await gateway[Symbol.asyncDispose]();
    await removeSessions(docker, gateway.instance);
    await pool[Symbol.asyncDispose]();
    expect(await loopsOf(layout)).toEqual([]);
  });

  async function slotOf(reader: Reader): Promise<string> {
    for (const slot of await readdir(layout.claims))
      if ((await readFile(join(layout.claims, slot), 'utf8')).includes(reader.session)) return slot;
    throw new Error('this session has no disk');
  }

  test('a fresh session takes two megabytes of the host’s disk at most', async () => {
    const empty = (await readdir(layout.slots)).find(Boolean) ?? '';
    await expect.poll(() => allocated(join(layout.images, empty))).toBeGreaterThan(0);
    const before = await allocated(join(layout.images, empty));
    const reader = await enter(gateway);
    const image = join(layout.images, await slotOf(reader));
    await reader.run('sync -f ~');
    const kilobytes = ((await allocated(image)) - before) / 1024;
    process.stdout.write(`a fresh session's disk: ${kilobytes.toFixed(0)} KB\n`);
    expect(kilobytes).toBeLessThanOrEqual(2048);
    await leave(reader);
  });

  test('who fills a disk hears of it and can make room; a sibling builds meanwhile', async () => {
    const [one, two] = [await enter(gateway), await enter(gateway)];
    const build = (reader: Reader, megabytes: number) => {
      const recipe = `FROM busybox:1.37\\nRUN dd if=/dev/urandom of=/big bs=1M count=${megabytes}\\n`;
      return reader.run(`printf '${recipe}' | docker build --no-cache --progress=plain -t big - 2>&1`, 120_000);
    };
    expect((await build(one, 150)).code).toBe(0);
    const full = await build(one, 250);
    expect(full.code).not.toBe(0);
    expect(full.text).toContain('No space left on device');
    expect((await one.run('head -c 400M /dev/zero >~/fill')).code).not.toBe(0);
    expect((await build(two, 20)).code).toBe(0);
    const nearlyFull = () =>
      one.messages.some(
        (m) => m.type === 'usage' && m.usage.disk?.of !== undefined && m.usage.disk.used > 0.95 * m.usage.disk.of,
      );
    // The engine clears away what the failed build left in its own time: what that frees is filled too.
    const filled = async () => {
      await one.run('head -c 400M /dev/zero >>~/fill');
      return nearlyFull();
    };
    await expect.poll(filled, { timeout: 60_000, interval: 1_000 }).toBe(true);
    expect((await one.run('rm ~/fill && docker rmi -f big && docker system prune -f')).code).toBe(0);
    expect((await build(one, 20)).code).toBe(0);
    await leave(one);
    await leave(two);
  }, 180_000);

  test('a disk is wiped before anybody has it again, and what is left behind is wiped too', async () => {
    const reader = await enter(gateway);
    const slot = await slotOf(reader);
    await reader.run('echo slipway-was-here >~/mark; mkdir -p ~/a/b; sync -f ~');
    expect(await readFile(join(layout.slots, slot, 'home/mark'), 'utf8')).toContain('was-here');
    await leave(reader);
    await expect.poll(() => readdir(layout.images), { timeout: 20_000 }).not.toContain(slot);
    expect(await readdir(layout.slots)).not.toContain(slot);
    await expect.poll(async () => (await loopsOf(layout)).join(), { timeout: 20_000 }).not.toContain(slot);

    const [left = ''] = await readdir(layout.slots);
    const claim = join(layout.claims, left);
    await writeFile(claim, `${gateway.instance}-aaaaaaaaaaaa-nowhere-home`);
    const long = new Date(Date.now() - 120_000);
    await utimes(claim, long, long);
    await expect.poll(() => readdir(layout.slots), { timeout: 20_000 }).not.toContain(left);
  }, 60_000);

  test('a launcher that takes over finds the disks of sessions that live on', async () => {
    const reader = await enter(gateway);
    const slot = await slotOf(reader);
    await using next = await openPool(root ?? '', MB + 1, 1);
    expect(next).toBeDefined();
    const again = await openPool(root ?? '', MB);
    expect(await readdir(layout.slots)).toContain(slot);
    expect((await reader.run('echo still >~/here && cat ~/here')).text).toContain('still');
    await again.stop();
    await leave(reader);
  }, 60_000);
});

/** Images of the pool that a loop device holds. */
async function loopsOf({ images }: Layout): Promise<string[]> {
  const files = (await readdir('/sys/block')).filter((name) => name.startsWith('loop'));
  const held = await Promise.all(
    files.map((name) => readFile(`/sys/block/${name}/loop/backing_file`, 'utf8').catch(() => '')),
  );
  return held.filter((file) => file.startsWith(images));
}
