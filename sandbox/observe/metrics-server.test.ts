import { request } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { parseExposition } from './exposition.testing.ts';
import { createMetrics } from './metrics.ts';
import { serveMetrics } from './metrics-server.ts';
import { censusOf } from '../session/census.ts';

async function ask(port: number, headers: Record<string, string> = {}, path = '/metrics', method = 'GET') {
  const asked = request({ host: '127.0.0.1', port, path, method, headers, agent: false }).end();
  const [response] = (await once(asked, 'response')) as [import('node:http').IncomingMessage];
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

describe('the metrics’ server', () => {
  it('answers under a name of loopback, as text that can be parsed, and under no other', async () => {
    await using server = await serveMetrics(0, createMetrics());
    const { status, headers, body } = await ask(server.port);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(parseExposition(body).has('slipway_host_up')).toBe(true);
    for (const host of ['localhost', '[::1]:9464', `127.0.0.1:${server.port}`, 'LOCALHOST:1'])
      expect((await ask(server.port, { host })).status).toBe(200);
    for (const host of [
      'evil.test',
      'localhost.evil.test',
      '127.0.0.1.evil.test',
      '127.0.0.1@evil.test',
      '127.0.0.2',
    ]) {
      const refused = await ask(server.port, { host });
      expect([host, refused.status]).toEqual([host, 403]);
      expect(refused.body).not.toContain('slipway_');
    }
  });

  it('has nothing else and can only be read', async () => {
    await using server = await serveMetrics(0, createMetrics());
    for (const path of ['/', '/metrics/', '/metrics?x', '//metrics', '/api/session'])
      expect([path, (await ask(server.port, {}, path)).status]).toEqual([path, 404]);
    for (const method of ['POST', 'DELETE', 'OPTIONS'])
      expect((await ask(server.port, {}, '/metrics', method)).status).toBe(405);
  });

  it('is on no other address of this machine', async () => {
    await using server = await serveMetrics(0, createMetrics());
    const others = Object.values(networkInterfaces())
      .flatMap((all) => all ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of others) {
      const asked = request({ host: address, port: server.port, agent: false }).end();
      await expect(once(asked, 'response')).rejects.toThrow(/ECONNREFUSED/);
    }
  });

  it('does not take a port that something has', async () => {
    await using taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    await expect(serveMetrics((taken.address() as AddressInfo).port, createMetrics())).rejects.toThrow('EADDRINUSE');
  });

  it('answers within 50 ms for 500 sessions', async () => {
    const metrics = createMetrics();
    metrics.measureProcess();
    const session = {
      engine: { state: 'ready' as const },
      usage: { now: { disk: { used: 5 }, memory: { used: 7 }, time: { leftMs: 1, extendMs: 1 } } },
    };
    const sessions = Array.from({ length: 500 }, () => session);
    metrics.readFrom(() => ({
      host: true,
      most: 500,
      sockets: 500,
      census: censusOf(sessions, [], { making: 0, ending: 0, waiting: 0 }),
    }));
    await using server = await serveMetrics(0, metrics);
    const took: number[] = [];
    for (let i = 0; i < 21; i++) {
      const began = performance.now();
      const { body } = await ask(server.port);
      took.push(performance.now() - began);
      expect(body).toContain('slipway_session_disk_bytes 2500');
    }
    expect(took.sort((a, b) => a - b)[10]).toBeLessThan(50);
  });
});
