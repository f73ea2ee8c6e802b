/** A site for strangers does not start on a host that does not hold them to every limit. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { freePort } from '../../scripts/free-port.ts';
import { Gateway, ROOT } from '../support/gateway.ts';

/** Without a list of hosts one limit is held nowhere. */
const open = { SLIPWAY_ACCESS: 'open', SLIPWAY_EGRESS: 'open', SLIPWAY_METRICS_PORT: '0' };

async function run(program: string, ...args: string[]): Promise<{ code: unknown; words: string }> {
  const state = await mkdtemp(join(tmpdir(), 'open-'));
  const names = { SLIPWAY_STATE: state, SLIPWAY_INSTANCE: `open-${process.pid}`, PORT: String(await freePort()) };
  const child = spawn(process.execPath, [join(ROOT, 'sandbox', program), ...args], {
    env: { ...process.env, ...open, ...names },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [words, [code]] = await Promise.all([text(child.stderr), once(child, 'exit') as Promise<unknown[]>]);
  await rm(state, { recursive: true, force: true });
  return { code, words };
}

test.each(['main.ts', 'start.ts'])('%s says which limit is not enforced, and how to go on without', async (program) => {
  const { code, words } = await run(program, ...(program === 'start.ts' ? ['--no-site'] : []));
  expect(code).toBe(1);
  expect(words).toMatch(/^ {2}egress: SLIPWAY_EGRESS=open/m);
  expect(words).toMatch(/^ {2}SLIPWAY_UNENFORCED=".*egress.*"$/m);
});

test('it starts when what is not enforced is named', async () => {
  await using gateway = await Gateway.start({ ...open, SLIPWAY_UNENFORCED: 'memory cpus pids disk egress' });
  expect((await fetch(`${gateway.origin}/healthz`)).status).toBe(200);
});
