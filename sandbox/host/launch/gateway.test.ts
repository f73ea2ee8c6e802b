import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { runGateway, type Gateway } from './gateway.ts';
import { health } from './port.ts';

const until = { timeout: 8_000, interval: 20 };

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

/** A project whose main.ts writes its process number down, and answers as the gateway does. */
async function project(main: string): Promise<{ root: string; notes: string[]; gateway: Gateway; url: string }> {
  const root = await mkdtemp(join(tmpdir(), 'gateway-'));
  await mkdir(join(root, 'sandbox'));
  await writeFile(join(root, 'sandbox/main.ts'), main);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const notes: string[] = [];
  const { uid, gid, username } = userInfo();
  const gateway = runGateway({
    node: process.execPath,
    root,
    person: { name: username, uid, gid, path: '' },
    env: { PORT: String(port), PIDS: join(root, 'pids') },
    url,
    log: join(root, 'gateway.log'),
    note: (line) => notes.push(line),
  });
  return { root, notes, gateway, url };
}

const answering = `
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
appendFileSync(process.env.PIDS, process.pid + '\\n');
createServer((_, r) => r.end('{"status":"ok","mode":"live"}')).listen(Number(process.env.PORT), '127.0.0.1');
process.stdin.resume().on('close', () => process.exit(0));
`;

test('a gateway that is killed is started again, and said to be; one that is disposed of is not', async () => {
  const { root, notes, gateway, url } = await project(answering);
  const { signal } = new AbortController();
  expect(await gateway.ready(signal)).toBe('live');
  const pids = async () => (await readFile(join(root, 'pids'), 'utf8')).trim().split('\n').map(Number);
  const [first = 0] = await pids();
  process.kill(first, 'SIGKILL');
  await vi.waitFor(async () => expect(await pids()).toHaveLength(2), until);
  expect(await gateway.ready(signal)).toBe('live');
  expect(notes).toEqual([expect.stringContaining('was ended by SIGKILL; it is started again in 0.2 s')]);
  await gateway[Symbol.asyncDispose]();
  expect(await health(url)).toBeUndefined();
  expect(await pids()).toHaveLength(2);
});

test('one that cannot start is told with its last words', async () => {
  const { gateway } = await project("console.log('no such setting'); process.exit(3)");
  const stop = new AbortController();
  const waiting = gateway.ready(stop.signal);
  stop.abort(new Error('stopped by the test'));
  await expect(waiting).rejects.toThrow('stopped by the test');
  await gateway[Symbol.asyncDispose]();
});
