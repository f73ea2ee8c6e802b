/** `open` and `none`, the control for what `list` refuses, and what becomes of sessions when the mode is changed. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { proxyNames } from '../../sandbox/egress/container.ts';
import { removeSessions } from '../../sandbox/host/launch/clean-up.ts';
import { Reader } from '../../verify/reader.ts';
import { Gateway } from '../support/gateway.ts';
import { dockerHost, leftovers } from '../support/host.ts';
import { hostEnd, Outside } from '../support/outside.ts';

const docker = dockerHost();
const readers: Reader[] = [];
let outside: Outside;
let gateway: Gateway;

beforeAll(async () => {
  [outside, gateway] = await Promise.all([Outside.open(docker, [], []), Gateway.start({ SLIPWAY_EGRESS: 'open' })]);
});
afterAll(async () => {
  for (const reader of readers) await reader[Symbol.asyncDispose]();
  await gateway[Symbol.asyncDispose]();
  await removeSessions(docker, gateway.instance);
  await outside[Symbol.asyncDispose]();
});

async function enter(): Promise<Reader> {
  const reader = new Reader(gateway.origin);
  readers.push(reader);
  await reader.connect();
  await reader.engineReady();
  return reader;
}

async function change(mode: string): Promise<void> {
  await gateway.stop('SIGKILL');
  gateway.env['SLIPWAY_EGRESS'] = mode;
  await gateway.restart();
}

const plain = (text: string) => text.replace(/\x1b\[[0-9;?]*[a-zA-Z]/g, '').trim();
const said = async (reader: Reader, command: string) => plain((await reader.run(command)).text);
/** Whether the server at the host's end of the session's network is reached: from the shell, and from a container of the reader's. */
async function reached(reader: Reader, end: string): Promise<string> {
  const knock = `timeout 2 bash -c "</dev/tcp/${end}/${outside.port}" 2>/dev/null && echo open || echo closed`;
  return said(reader, `${knock}; docker run --rm golang:1.26.8 sh -c '${knock}'`).then((text) =>
    text.replace(/\s+/g, ' '),
  );
}
const proxy = () =>
  docker
    .getContainer(proxyNames(gateway.instance).container)
    .inspect()
    .then(
      () => 'there',
      () => 'none',
    );

test('a gateway that stops while it has sessions leaves them the proxy, and takes it along otherwise', async () => {
  await using other = await Gateway.start({ SLIPWAY_EGRESS: 'list' });
  const there = () => docker.listContainers({ all: true, filters: { label: [`slipway.egress-of=${other.instance}`] } });
  try {
    await using reader = new Reader(other.origin);
    await reader.connect();
    await other.stop('SIGTERM');
    expect(await there()).toHaveLength(1);
    await other.restart();
    await reader.end();
    await expect.poll(() => leftovers(docker, `slipway.instance=${other.instance}`), { timeout: 20_000 }).toEqual([]);
    await other.stop('SIGTERM');
    expect(await leftovers(docker, `slipway.egress-of=${other.instance}`)).toEqual([]);
  } finally {
    await removeSessions(docker, other.instance);
  }
});

test('open: what the list refuses is reached, and there is no proxy; under a narrower mode the same session reaches nothing more', async () => {
  const first = await enter();
  const end = await hostEnd(docker, gateway.instance, first.session);
  expect(await reached(first, end)).toBe('open open');
  expect(await said(first, 'env | grep -ci proxy')).toBe('0');
  const udp = `perl -MIO::Socket::INET -e 'IO::Socket::INET->new(Proto => "udp", PeerAddr => "${end}:${outside.port}")->send("x")'`;
  await said(first, udp);
  await expect.poll(() => outside.heard()).toBe(1);
  expect(await proxy()).toBe('none');

  await said(first, 'echo kept >kept');
  await change('list');
  await first.connect();
  expect(await reached(first, end)).toBe('closed closed');
  expect(await said(first, 'cat kept')).toBe('kept');
  const second = await enter();
  const asked = () => said(second, 'curl -s -o /dev/null -w "%{http_code}" http://unlisted.test/');
  expect(await asked()).toBe('403');
  expect(await proxy()).toBe('there');

  // Another list is another proxy; sessions find it where the old one was. The name has no address: that is 503.
  gateway.env['SLIPWAY_EGRESS_ALLOW'] = 'unlisted.test';
  await change('list');
  await second.connect();
  await expect.poll(asked, { timeout: 20_000, interval: 200 }).toBe('503');

  await change('none');
  expect(await proxy()).toBe('none');
  await second.connect();
  expect(await said(second, 'curl -s -m 5 http://unlisted.test/ || echo failed')).toBe('failed');
  const third = await enter();
  expect(await reached(third, await hostEnd(docker, gateway.instance, third.session))).toBe('closed closed');
  expect(await said(third, 'env | grep -ci proxy')).toBe('0');
});
