/** A reader at a limit: told in words, ended where nothing else holds them, and felt by nobody else. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runs, slowedBy } from '../../bench/at-limit.ts';
import { engineFacts } from '../../sandbox/host/docker.ts';
import { removeSessions } from '../../sandbox/host/launch/clean-up.ts';
import type { ProblemCode } from '../../sandbox/protocol/problems.ts';
import { disksOfHost, openPool } from '../support/disks.ts';
import { Gateway } from '../support/gateway.ts';
import { dockerHost } from '../support/host.ts';
import { enter, leave } from '../support/visit.ts';

const docker = dockerHost();
const facts = await engineFacts(process.env['DOCKER_HOST'] ?? '');
const root = await disksOfHost();

/** Bounds that a test can reach. Nobody makes disks of this size, so that homes are measured. */
const small = {
  SLIPWAY_MEMORY_MB: '300',
  SLIPWAY_DISK_MB: '121',
  SLIPWAY_OUTPUT_MB: '2',
  SLIPWAY_CONTAINERS: '5',
};
let gateway: Gateway;
beforeAll(async () => (gateway = await Gateway.start(small)));
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await removeSessions(docker, gateway.instance);
});

/** Types a command and waits for the end it brings. */
async function endOf(command: string): Promise<ProblemCode> {
  await using reader = await enter(gateway);
  reader.type(`${command}\r`);
  return (await reader.message('problem', 80_000)).problem.code;
}

describe.concurrent('each in a session of its own', () => {
  test('one process that wants more memory than a session may have does not get it, and the session goes on', async () => {
    const reader = await enter(gateway);
    const { code, text } = await reader.run(`perl -e '$x = "x" x (400 * 2**20); print "got it"' 2>&1`);
    expect(code).not.toBe(0);
    expect(text).not.toContain('got it');
    expect((await reader.run('docker version -f up')).text).toContain('up');
    await leave(reader);
  }, 100_000);

  test.runIf(!facts.limits.memory)(
    'many processes that take more memory than a session may have end it',
    async () => {
      const one = `perl -e '$x = "x" x (90 * 2**20); sleep 60'`;
      expect(await endOf(Array.from({ length: 4 }, () => `(${one}) &`).join(' '))).toBe('out-of-memory');
    },
    60_000,
  );

  test('a session that prints more than it may ends', async () => {
    expect(await endOf('head -c 4M /dev/zero | tr "\\0" y')).toBe('output-quota');
  }, 100_000);

  test('a session whose home has no disk of its own ends when it has taken more than it may', async () => {
    expect(await endOf('head -c 150M /dev/zero >~/much')).toBe('disk-quota');
  }, 100_000);

  test('one container more than a session may have is refused in words', async () => {
    const reader = await enter(gateway);
    const made = await reader.run('for i in 1 2 3 4 5 6; do docker create busybox:1.37 || echo "no $?"; done 2>&1');
    expect(made.text.match(/^[0-9a-f]{64}/gm)).toHaveLength(5);
    expect(made.text).toMatch(/this sandbox has 5 containers, and may have 5.*\s+no 125/);
    expect((await reader.run('docker container prune -f && docker create busybox:1.37')).code).toBe(0);
    await leave(reader);
  }, 100_000);
});

test.runIf(root !== undefined)(
  'a reader at a limit slows no sibling’s docker run',
  async () => {
    await using pool = await openPool(root ?? '', 310);
    expect(pool).toBeDefined();
    await using own = await Gateway.start({ SLIPWAY_DISK_MB: '310' });
    const [one, two] = [await enter(own), await enter(own)];
    try {
      await runs(two, 3);
      for (const what of ['at the bound of processes', 'with a full disk'] as const) {
        const ratio = await slowedBy(what, one, two, 16);
        process.stdout.write(`sibling's docker run, p95, beside a reader ${what}: ${ratio.toFixed(2)} of alone\n`);
        expect(ratio).toBeLessThanOrEqual(1.5);
      }
    } finally {
      await leave(one);
      await leave(two);
      await removeSessions(docker, own.instance);
    }
  },
  180_000,
);
