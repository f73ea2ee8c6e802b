import Docker from 'dockerode';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { watchDeaths } from './deaths.ts';
import { systemClock } from './system-clock.ts';

const directory = mkdtempSync(join(tmpdir(), 'slipway-deaths-'));
const socketPath = join(directory, 'docker.sock');
const clock = { ...systemClock, wait: () => turn(undefined) };
const event = (session: string, exitCode: string) =>
  `${JSON.stringify({ Action: 'die', Actor: { ID: 'x', Attributes: { 'slipway.session': session, exitCode } } })}\n`;

/** An engine that answers GET /events and nothing else. */
let answers: ServerResponse[];
let asked: string[];
let server: ReturnType<typeof createServer>;
let stop: AbortController;
let watching: Promise<void>;
let heard: unknown[];

beforeEach(async () => {
  answers = [];
  asked = [];
  heard = [];
  server = createServer((request, response) => {
    asked.push(decodeURIComponent(request.url ?? ''));
    response.writeHead(200).flushHeaders();
    answers.push(response);
  });
  server.listen(socketPath);
  await once(server, 'listening');
  stop = new AbortController();
  const on = {
    died: (id: string, code: string | undefined) => heard.push([id, code]),
    connected: () => heard.push('connected'),
    lost: () => heard.push('lost'),
  };
  watching = watchDeaths(new Docker({ socketPath }), 'inst', on, clock, stop.signal);
  await expect.poll(() => answers.length).toBe(1);
});
afterEach(async () => {
  stop.abort();
  await watching;
  server.closeAllConnections();
  server.close();
  rmSync(socketPath, { force: true });
});

afterAll(() => rmSync(directory, { recursive: true }));

test('it asks for the deaths of this installation’s sessions and hears of each, however the stream is cut', async () => {
  expect(asked[0]).toContain('slipway.instance=inst');
  expect(asked[0]).toContain('"event":["die"]');
  const text = event('one', '0') + event('two', '137');
  answers[0]?.write(text.slice(0, 20));
  await turn();
  answers[0]?.write(text.slice(20));
  await expect.poll(() => heard).toEqual(['connected', ['one', '0'], ['two', '137']]);
});

test('a stream that ends is asked for again, and what was missed is to be looked for', async () => {
  answers[0]?.end(event('one', '0'));
  await expect.poll(() => answers.length).toBe(2);
  answers[1]?.write(event('two', '1'));
  await expect.poll(() => heard).toEqual(['connected', ['one', '0'], 'connected', ['two', '1']]);
});

test('a host that does not answer is told of once', async () => {
  server.close();
  server.closeAllConnections();
  await expect.poll(() => heard).toEqual(['connected', 'lost']);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(heard).toEqual(['connected', 'lost']);
  server.listen(socketPath);
  await expect.poll(() => heard).toEqual(['connected', 'lost', 'connected']);
});
