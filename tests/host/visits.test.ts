/** Pages that come, ask and go again: nothing of them is left in the gateway or on the host, and little where a reader sees to it. */
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { engineView } from '../../sandbox/engine/view.ts';
import { Reader } from '../../verify/reader.ts';
import { containerOf, script } from '../support/impostor.ts';
import { ownReader } from '../support/own.ts';
import { aCheck } from '../support/watching.ts';

const own = ownReader();

/** Opens a page that watches, and goes again after some milliseconds. */
async function visit(ms: number): Promise<void> {
  await using page = new Reader(own.gateway.origin);
  page.cookie = own.reader.cookie;
  await page.connect();
  page.send({ type: 'watch', checks: [aCheck('there', { kind: 'image-exists', image: 'golang:1.26.8' })] });
  page.send({ type: 'layers', ask: 1, image: 'golang:1.26.8' });
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
}

const descriptors = () => readdirSync(`/proc/${own.gateway.pid}/fd`).length;

async function programs(): Promise<number> {
  const { ExecIDs } = (await (await containerOf(own)).inspect()) as { ExecIDs?: string[] | null };
  const states = await Promise.all((ExecIDs ?? []).map((id) => own.docker.getExec(id).inspect()));
  return states.filter(({ Running }) => Running).length;
}

test('of ninety visits, however short, no descriptor and no program is left', async () => {
  await visit(200);
  await expect.poll(programs, { timeout: 10_000 }).toBeLessThan(5);
  const before = { descriptors: descriptors(), programs: await programs() };
  for (let n = 0; n < 90; n++) await visit([0, 20, 50, 90, 150][n % 5] ?? 0);
  await expect.poll(descriptors, { timeout: 15_000 }).toBeLessThanOrEqual(before.descriptors + 1);
  await expect.poll(programs, { timeout: 15_000 }).toBeLessThanOrEqual(before.programs);
}, 240_000);

test('a reader who keeps our programs from ending leaves the host with a bounded number of them', async () => {
  const code = await script(
    own,
    `setsid bash -c 'while :; do pkill -STOP -x dial; pkill -STOP -f lib/slipway/engine-watch; done' </dev/null >/dev/null 2>&1 & sleep 0.2`,
  );
  expect(code).toBe(0);
  // As pages come and go, without the gateway's bound on how often.
  const container = await containerOf(own);
  for (let n = 0; n < 120 || (n < 400 && (await programs()) <= 20); n++) {
    using view = engineView(container);
    view.follow(
      () => undefined,
      () => undefined,
    );
    view.images().catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  const left = await programs();
  console.log(`${left} programs left`);
  expect(left).toBeGreaterThan(20);
  expect(left).toBeLessThan(140);
}, 240_000);
