/** Bad input on the real thing: a clear error each time, and the shell lives on. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import { problems } from '../../sandbox/protocol/problems.ts';
import { Gateway, ROOT } from '../support/gateway.ts';
import { dockerHost, leftovers } from '../support/host.ts';
import { removeSessions } from '../../sandbox/host/launch/clean-up.ts';
import { Reader, Refused } from '../../verify/reader.ts';

const docker = dockerHost();
let gateway: Gateway;
let reader: Reader;
beforeAll(async () => {
  gateway = await Gateway.start({ SLIPWAY_MAX_SESSIONS: '2' });
  reader = new Reader(gateway.origin);
  await reader.connect();
  await reader.run('alive=yes');
});
afterAll(async () => {
  await reader[Symbol.asyncDispose]();
  await gateway[Symbol.asyncDispose]();
  await removeSessions(docker, gateway.instance);
});

/** Reconnects and finds the very same shell. */
async function shellLives(): Promise<void> {
  reader.socket?.terminate();
  await reader.closed;
  await reader.connect();
  expect((await reader.run('echo alive=$alive')).text).toContain('alive=yes');
}

/** Tries to open a terminal socket and returns the HTTP status it is refused with. */
async function upgradeStatus(headers: Record<string, string>, protocols: string[]): Promise<number> {
  const socket = new WebSocket(`${gateway.origin.replace('http', 'ws')}/api/terminal`, protocols, { headers });
  return new Promise((resolve, reject) => {
    socket.once('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0);
      response.destroy();
    });
    socket.once('open', () => reject(new Error('the socket opened')));
    socket.once('error', () => undefined);
  });
}

const foreign = [
  undefined,
  'null',
  'http://localhost',
  'https://127.0.0.1',
  'http://evil.example',
  'http://127.0.0.1:1',
];

test.each(foreign)('a request from origin %s is refused before any work is done', async (origin) => {
  const headers: Record<string, string> = origin === undefined ? {} : { origin };
  const response = await fetch(`${gateway.origin}/api/session`, { method: 'POST', headers });
  expect(response.status).toBe(403);
  expect(await response.json()).toMatchObject({ problem: { code: 'bad-origin' } });
  const { ticket } = await reader.claim();
  const protocols = ['slipway.v1', `ticket.${ticket}`];
  expect(await upgradeStatus({ ...headers, cookie: reader.cookie }, protocols)).toBe(403);
  expect(await leftovers(docker, `slipway.instance=${gateway.instance}`)).toHaveLength(3);
});

test('no ticket, a made-up one, a used one and another reader’s are refused', async () => {
  const own = { origin: gateway.origin, cookie: reader.cookie };
  expect(await upgradeStatus(own, ['slipway.v1'])).toBe(403);
  expect(await upgradeStatus(own, ['slipway.v1', `ticket.${'A'.repeat(43)}`])).toBe(403);
  const { ticket } = await reader.claim();
  const stranger = new Reader(gateway.origin);
  await stranger.claim();
  expect(await upgradeStatus({ ...own, cookie: stranger.cookie }, ['slipway.v1', `ticket.${ticket}`])).toBe(403);
  expect(await upgradeStatus(own, ['slipway.v1', `ticket.${ticket}`])).toBe(403);
  await stranger.end();
  await shellLives();
});

test.each([
  ['not JSON', '{'],
  ['an unknown message', '{"type":"exec","command":"id"}'],
  ['no size at all', '{"type":"resize","cols":0,"rows":0}'],
  ['an absurd size', '{"type":"resize","cols":100000,"rows":100000}'],
  ['a second attach', '{"type":"attach","cols":80,"rows":24}'],
])('%s closes the socket with a code and a reason; the shell lives on', async (_what, text) => {
  reader.socket?.send(text);
  const { code, reason } = await reader.closed;
  expect(code).toBe(problems['bad-message'].close);
  expect(reason).not.toBe('');
  await shellLives();
});

test('a frame over 64 KiB closes the socket; the shell lives on', async () => {
  reader.socket?.send(Buffer.alloc(64 * 1024 + 1, 'x'));
  expect((await reader.closed).code).toBe(1009);
  await shellLives();
});

test('more input than the window closes the socket; the shell lives on', async () => {
  reader.type('sleep 1\r');
  await reader.output.until(/sleep 1/);
  for (let i = 0; i < 40; i++) reader.socket?.send(Buffer.alloc(8 * 1024, 'x\r'));
  expect((await reader.closed).code).toBe(problems['bad-message'].close);
  await reader.connect();
  reader.type('\x03');
  await shellLives();
});

test('a full host says so, and makes nothing', async () => {
  await using second = new Reader(gateway.origin);
  await second.claim();
  const third = new Reader(gateway.origin);
  await expect(third.claim()).rejects.toEqual(new Refused(503, 'host-full'));
  expect(await leftovers(docker, `slipway.instance=${gateway.instance}`)).toHaveLength(6);
  await second.end();
});

test('an address that has all it may is told so', async () => {
  await using small = await Gateway.start({ SLIPWAY_SESSIONS_PER_ADDRESS: '1' });
  const one = new Reader(small.origin);
  await one.claim();
  await expect(new Reader(small.origin).claim()).rejects.toEqual(new Refused(429, 'address-full'));
  await one.end();
  await removeSessions(docker, small.instance);
});

test('a lifetime that is over ends the session with a problem that says so', async () => {
  await using short = await Gateway.start({ SLIPWAY_LIFETIME_SECONDS: '10' });
  await using guest = new Reader(short.origin);
  await guest.connect();
  const { problem } = await guest.message('problem', 20_000);
  expect(problem.code).toBe('session-expired');
  expect((await guest.closed).code).toBe(problems['session-expired'].close);
  await expect.poll(() => leftovers(docker, `slipway.instance=${short.instance}`), { timeout: 20_000 }).toEqual([]);
});

test.each([
  ['PORT', 'eighty'],
  ['SLIPWAY_IDLE_SECONDS', '-1'],
  ['SLIPWAY_ORIGIN', 'http://here/path'],
  ['SLIPWAY_TYPO', '1'],
])('%s=%s refuses the start, naming the variable and what was read', (name, value) => {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'sandbox/main.ts')], {
    env: { ...process.env, [name]: value },
    encoding: 'utf8',
    timeout: 20_000,
  });
  expect(status).toBe(1);
  expect(stderr).toContain(name);
});
