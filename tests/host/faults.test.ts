/** What breaks is mended or honestly ended: programs of a session that are killed, lines that are bad, a host that goes away. */
import { test } from 'vitest';
import { withoutMarks } from '../../verify/marks.ts';
import { Reader } from '../../verify/reader.ts';
import { Gateway } from '../support/gateway.ts';
import { leftovers } from '../support/host.ts';
import { ownGateway } from '../support/own.ts';
import { RoughLine } from '../support/rough-line.ts';
import { SocketProxy } from '../support/socket-proxy.ts';
import { removeSessions } from '../../sandbox/host/launch/clean-up.ts';

const own = ownGateway();
const COUNT = "for i in $(seq 1 200); do echo line-$i; sleep 0.01; done; echo count''ed";
const numbers = (text: string) => [...withoutMarks(text).matchAll(/^line-(\d+)\r$/gm)].map((found) => Number(found[1]));
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

async function enter(origin: string): Promise<Reader> {
  const reader = new Reader(origin);
  await reader.connect();
  await reader.run('true');
  return reader;
}

/** A gateway that is reached over a line of its own. */
async function overLine() {
  const line = await RoughLine.open();
  const gateway = await Gateway.start({ SLIPWAY_ORIGIN: line.origin });
  line.to = gateway.port;
  return {
    line,
    gateway,
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]();
      await removeSessions(own.docker, gateway.instance);
      await line[Symbol.asyncDispose]();
    },
  };
}

test.concurrent(
  'the holder is killed: the session is over, its reader is told so and gets another',
  async ({ expect }) => {
    await using reader = await enter(own.gateway.origin);
    const { session } = reader;
    reader.type('pkill -9 holder\r');
    expect((await reader.closed).code).toBe(4410);
    await expect.poll(() => leftovers(own.docker, `slipway.session=${session}`), { timeout: 30_000 }).toEqual([]);
    const again = await reader.claim();
    expect(again).toMatchObject({ fresh: true });
    expect(again.session).not.toBe(session);
    await reader.end();
  },
);

test.concurrent.for(['dockerd', 'containerd', 'rootlesskit'])(
  'the engine’s %s is killed: the shell stays, and the engine comes back by itself',
  async (program, { expect }) => {
    await using reader = await enter(own.gateway.origin);
    await reader.engineReady();
    await reader.run('here=before; docker version >/dev/null');
    const pid = async () => (await reader.run(`pgrep -o -x ${program}`)).text.trim();
    const before = await pid();
    expect(before).toMatch(/^\d+$/);
    await reader.run(`kill -9 ${before}`);
    await expect.poll(pid, { timeout: 60_000 }).toMatch(new RegExp(`^(?!${before}$)\\d+$`));
    const { code } = await reader.run(
      'until docker image ls >/dev/null 2>&1; do sleep 0.2; done; docker info >/dev/null',
    );
    expect(code).toBe(0);
    expect((await reader.run('echo $here')).text.trim()).toBe('before');
    await reader.end();
  },
);

test.concurrent(
  'a line that is reset, again and again, in the middle of output: no byte is missing or comes twice',
  async ({ expect }) => {
    await using over = await overLine();
    await using reader = await enter(over.line.origin);
    reader.type(`${COUNT}\r`);
    for (const at of [30, 80, 130]) {
      await reader.output.until(new RegExp(`line-${at}\\r`));
      over.line.reset();
      await reader.closed;
      await reader.connect();
    }
    await reader.output.until(/counted/);
    expect(numbers(reader.output.text)).toEqual(upTo(200));
    expect(reader.output).toMatchObject({ missing: 0, repeated: 0 });
  },
);

test.concurrent(
  'a line that falls silent without being cut: a new one goes on at the same byte, beside the dead one',
  async ({ expect }) => {
    await using over = await overLine();
    await using first = await enter(over.line.origin);
    first.type(`${COUNT}\r`);
    await first.output.until(/line-30\r/);
    over.line.swallow();
    await using second = new Reader(over.line.origin);
    second.cookie = first.cookie;
    await second.connect();
    await second.output.until(/counted/);
    expect(second.session).toBe(first.session);
    expect(numbers(second.output.text)).toEqual(upTo(200));
    expect((await second.run('echo alive')).text.trim()).toBe('alive');
  },
);

test.concurrent('a slow line: Ctrl-C does not wait behind a flood, and nothing is lost', async ({ expect }) => {
  await using over = await overLine();
  await using reader = await enter(over.line.origin);
  // 40 ms each way, 80 KB a second.
  Object.assign(over.line, { delayMs: 40, piece: 3_200 });
  reader.type('yes\r');
  await reader.output.until(/(y\r\n){2000}/);
  const began = performance.now();
  reader.type('\x03');
  reader.output.clear();
  expect((await reader.run('echo free')).text).toContain('free');
  expect(performance.now() - began).toBeLessThan(5_000);
  expect(reader.output).toMatchObject({ missing: 0, repeated: 0 });
});

test.concurrent(
  'the Docker host goes away and comes back: shells go on meanwhile, and no session is lost',
  async ({ expect }) => {
    await using proxy = await SocketProxy.to(process.env['DOCKER_HOST'] ?? '');
    await proxy.up();
    await using held = new AsyncDisposableStack();
    const gateway = await Gateway.start({ DOCKER_HOST: proxy.address });
    held.defer(() => removeSessions(own.docker, gateway.instance).then(() => undefined));
    held.use(gateway);
    await using reader = await enter(gateway.origin);
    await reader.run('here=before');
    await proxy.down();
    expect((await reader.run('echo $here')).text.trim()).toBe('before');
    const mode = async () => ((await (await fetch(`${gateway.origin}/api/sandbox`)).json()) as { mode: string }).mode;
    await expect.poll(mode, { timeout: 30_000 }).toBe('recorded');
    await proxy.up();
    await expect.poll(mode, { timeout: 30_000 }).toBe('live');
    expect(await reader.claim()).toMatchObject({ fresh: false });
    expect((await reader.run('echo $here')).text.trim()).toBe('before');
  },
);
