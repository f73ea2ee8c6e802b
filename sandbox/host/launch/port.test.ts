import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { health, portState, urlOf } from './port.ts';

async function listening(answer: RequestListener) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { port, [Symbol.asyncDispose]: () => new Promise<void>((done) => server.close(() => done())) };
}

test('a port nobody has is free, and free again after the look', async () => {
  let port: number;
  {
    await using server = await listening((_, response) => response.end());
    port = server.port;
  }
  expect(await portState('127.0.0.1', port)).toBe('free');
  expect(await portState('127.0.0.1', port)).toBe('free');
});

test('Slipway is known by its health, and nothing else is taken for it', async () => {
  await using slipway = await listening((_, response) => response.end('{"status":"ok","mode":"live"}'));
  await using other = await listening((_, response) => response.end('<h1>hello</h1>'));
  await using json = await listening((_, response) => response.end('{"status":"ok"}'));
  expect(await portState('127.0.0.1', slipway.port)).toBe('slipway');
  expect(await health(`http://127.0.0.1:${slipway.port}`)).toBe('live');
  expect(await portState('127.0.0.1', other.port)).toBe('taken');
  expect(await portState('127.0.0.1', json.port)).toBe('taken');
});

test('an address this machine has not is no address to listen on', async () => {
  expect(await portState('192.0.2.1', 4321)).toEqual({ unusable: 'EADDRNOTAVAIL' });
});

test.each([
  ['0.0.0.0', 'http://127.0.0.1:80'],
  ['::', 'http://[::1]:80'],
  ['::1', 'http://[::1]:80'],
  ['localhost', 'http://localhost:80'],
])('%s is reached at %s', (host, url) => expect(urlOf(host, 80)).toBe(url));
