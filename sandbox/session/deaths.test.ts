import Docker from 'dockerode';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { watchDeaths, type Death } from './deaths.ts';
import { systemClock } from './system-clock.ts';

const directory = mkdtempSync(join(tmpdir(), 'slipway-deaths-'));
const socketPath = join(directory, 'docker.sock');
const clock = { ...systemClock, wait: () => turn(undefined) };
const event = (session: string, exitCode: string, Action = 'die') =>
  `${JSON.stringify({ Action, Actor: { ID: 'x', Attributes: { 'slipway.session': session, exitCode } } })}\n`;

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
    died: (id: string, { exitCode, outOfMemory }: Death) =>
      heard.push(outOfMemory ? [id, exitCode, 'memory'] : [id, exitCode]),
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
  expect(asked[0]).toContain('"event":["die","oom"]');
  const text = event('one', '0') + event('two', '137');
  answers[0]?.write(text.slice(0, 20));
  await turn();
  answers[0]?.write(text.slice(20));
  await expect.poll(() => heard).toEqual(['connected', ['one', '0'], ['two', '137']]);
});

test('a stream that ends is asked for again: what was missed is heard first, and then is to be looked for', async () => {
  expect(asked[0]).not.toContain('since');
  answers[0]?.end(event('one', '0'));
  await expect.poll(() => answers.length).toBe(2);
  expect(asked[1]).toMatch(/since=[\d.]+.*until=[\d.]+/);
  answers[1]?.write(event('missed', '137') + event('missed', '', 'oom'));
  await turn();
  expect(answers).toHaveLength(2);
  answers[1]?.end();
  await expect.poll(() => answers.length).toBe(3);
  expect(asked[2]).toMatch(/since=/);
  expect(asked[2]).not.toContain('until');
  answers[2]?.write(event('two', '1'));
  await expect
    .poll(() => heard)
    .toEqual(['connected', ['one', '0'], ['missed', '137', 'memory'], 'connected', ['two', '1']]);
});

test('a kill for want of memory is told of whichever event comes first, and of nothing but a kill', async () => {
  answers[0]?.write(event('first', '', 'oom') + event('first', '137'));
  answers[0]?.write(event('then', '137') + event('then', '', 'oom'));
  answers[0]?.write(event('lives', '', 'oom') + event('lives', '0') + event('lives', '137') + event('killed', '137'));
  const lives = [['lives', '0'], ['lives', '137'], ['killed', '137']]; // prettier-ignore
  await expect.poll(() => heard.length).toBe(6);
  expect(heard).toEqual(expect.arrayContaining([['first', '137', 'memory'], ['then', '137', 'memory'], ...lives]));
});

test('a host that does not answer is told of once', async () => {
  server.close();
  server.closeAllConnections();
  await expect.poll(() => heard).toEqual(['connected', 'lost']);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(heard).toEqual(['connected', 'lost']);
  server.listen(socketPath);
  await expect.poll(() => answers.length).toBe(2);
  answers[1]?.end();
  await expect.poll(() => heard).toEqual(['connected', 'lost', 'connected']);
});
