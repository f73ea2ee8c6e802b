/** The launcher itself, with the test host given: who runs what, a second start, a launcher that is killed, and a clean end. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openDocker } from './host/docker.ts';
import { health } from './host/launch/port.ts';

const START = join(import.meta.dirname, 'start.ts');
const until = { timeout: 60_000, interval: 50 };
const instance = `start-${process.pid}`;
let port = 0;
let state = '';

beforeAll(async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
  await new Promise((done) => server.close(done));
  state = await mkdtemp(join(tmpdir(), 'start-'));
});
afterAll(() => rm(state, { recursive: true, force: true }));

const url = () => `http://127.0.0.1:${port}`;

function launch(env: NodeJS.ProcessEnv = {}): ChildProcess & { stderr: NodeJS.ReadableStream } {
  return spawn(process.execPath, [START], {
    env: {
      ...process.env,
      PORT: String(port),
      SLIPWAY_STATE: state,
      SLIPWAY_INSTANCE: instance,
      SLIPWAY_POOL_MAX: '0',
      SLIPWAY_METRICS_PORT: '0',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

async function live(): Promise<void> {
  await vi.waitFor(async () => expect(await health(url())).toBe('live'), until);
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
  return child.exitCode;
}

/** Processes whose command line names main.ts and whose parent is the launcher, or was. */
async function gatewaysOf(launcher: ChildProcess): Promise<{ pid: number; uid: number }[]> {
  const list = spawn('ps', ['-eo', 'pid=,ppid=,uid=,args=']);
  return (await text(list.stdout))
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, ppid, , ...args]) => Number(ppid) === launcher.pid && args.join(' ').endsWith('sandbox/main.ts'))
    .map(([pid, , uid]) => ({ pid: Number(pid), uid: Number(uid) }));
}

async function sessions(): Promise<string[]> {
  const docker = openDocker(process.env['DOCKER_HOST'] ?? '');
  const filters = { label: [`slipway.instance=${instance}`, 'slipway.session'] };
  const [containers, networks, { Volumes }] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listNetworks({ filters }),
    docker.listVolumes({ filters }),
  ]);
  return [...containers.map(({ Id }) => Id), ...networks.map(({ Id }) => Id), ...Volumes.map(({ Name }) => Name)];
}

test('a launcher and everything of it: run as an ordinary user, refused twice, found again after a kill, gone at the end', async () => {
  const first = launch();
  await live();
  const [gateway] = await gatewaysOf(first);
  expect(gateway?.uid).toBeGreaterThan(0);

  const samePort = launch();
  expect(await text(samePort.stderr)).toMatch(/already running at .*Open it, or stop it/s);
  const otherPort = launch({ PORT: String(port + 1) });
  expect(await text(otherPort.stderr)).toContain(`already running at ${url()}/ (process ${first.pid})`);
  await vi.waitFor(() => expect([samePort.exitCode, otherPort.exitCode]).toEqual([1, 1]), until);

  const claimed = await fetch(`${url()}/api/session`, {
    method: 'POST',
    headers: { origin: url(), 'content-type': 'application/json' },
    body: '{}',
  });
  expect(claimed.status).toBe(200);
  const before = await sessions();
  expect(before.length).toBeGreaterThan(0);

  await ended(first, 'SIGKILL');
  await vi.waitFor(async () => expect(await health(url())).toBeUndefined(), until);
  const second = launch();
  await live();
  expect(await sessions()).toEqual(before);

  expect(await ended(second, 'SIGINT')).toBe(0);
  expect(await sessions()).toEqual([]);
  expect(await health(url())).toBeUndefined();
  expect(await readFile(join(state, `launcher-${instance}.json`), 'utf8').catch(() => 'gone')).toBe('gone');
});

test('bad settings are refused by name', async () => {
  const child = launch({ PORT: 'eighty' });
  expect(await text(child.stderr)).toContain('PORT: read "eighty"');
  await vi.waitFor(() => expect(child.exitCode).toBe(1), until);
});
