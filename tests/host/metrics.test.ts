/** What whoever runs the site sees of a reader: that they are there and how fast it is, and nothing of what they do. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../scripts/free-port.ts';
import { removeSessions } from '../../sandbox/host/launch/clean-up.ts';
import { parseExposition } from '../../sandbox/observe/exposition.testing.ts';
import { Reader } from '../../verify/reader.ts';
import { Gateway } from '../support/gateway.ts';
import { dockerHost } from '../support/host.ts';

const docker = dockerHost();
let port = 0;
let gateway: Gateway;

beforeAll(async () => {
  port = await freePort();
  gateway = await Gateway.start({ SLIPWAY_METRICS_PORT: String(port), SLIPWAY_LOG: 'debug' });
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await removeSessions(docker, gateway.instance);
});

const scrape = async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();

/** One series' value. */
async function value(series: string): Promise<number> {
  for (const { samples } of parseExposition(await scrape()).values())
    for (const { name, labels, value: now } of samples) {
      const list = Object.entries(labels).map(([label, of]) => `${label}="${of}"`);
      if (`${name}${list.length > 0 ? `{${list.join(',')}}` : ''}` === series) return now;
    }
  throw new Error(`no series ${series}`);
}

/** Waits for a series to have a value; the events that count it come by other ways than the answer the reader saw. */
const becomes = (series: string, wanted: (now: number) => boolean) =>
  expect.poll(async () => wanted(await value(series)), { timeout: 20_000, interval: 50, message: series }).toBe(true);

test('a reader’s stay is counted, and no byte of it is in the log or in the metrics', async () => {
  expect(await value('slipway_host_up')).toBe(1);
  expect(await value('slipway_sessions{state="claimed"}')).toBe(0);
  await using reader = new Reader(gateway.origin);
  await reader.connect();
  await reader.engineReady();
  // Typed, printed, in a file, as an image's name, in a check, in a message that is not understood, in a bad ticket.
  const secret = `hunter${Math.random().toString(36).slice(2)}`;
  await reader.run(`printf '%s %65536s\\n' ${secret} . > f; cat f; docker tag ${secret} x`);
  reader.send({ type: 'watch', checks: [{ kind: secret }] as never });
  await expect(reader.closed).resolves.toMatchObject({ code: 4400 });
  await reader.connect();
  reader.send({
    type: 'watch',
    checks: [{ kind: 'image-exists', id: 'c', says: 'There is one.', image: secret, hints: {} }],
  });
  await fetch(`${gateway.origin}/api/${secret}?${secret}=1`, { headers: { cookie: `slipway=${secret}` } });
  await new Reader(gateway.origin).open(secret).catch(() => undefined);

  expect(await value('slipway_sessions{state="claimed"}')).toBe(1);
  await reader.run('true');
  reader.type('#');
  await becomes('slipway_echo_seconds_count', (now) => now > 0);
  expect(await value('slipway_sockets')).toBe(1);
  expect(await value('slipway_claims_total{result="made"}')).toBe(1);
  expect(await value('slipway_claims_total{result="found"}')).toBe(1);
  expect(await value('slipway_shells_attached_total{how="resumed"}')).toBe(1);
  expect(await value('slipway_engines{state="ready"}')).toBe(1);
  expect(await value('slipway_terminal_output_bytes_total')).toBeGreaterThan(65_536);
  expect(await value('slipway_terminal_input_bytes_total')).toBeGreaterThan(secret.length);
  expect(await value('slipway_claim_seconds_count')).toBe(1);
  expect(await value('slipway_refusals_total{code="bad-ticket"}')).toBe(1);
  expect(await value('slipway_sockets_closed_total{reason="bad-message"}')).toBe(1);
  await becomes('slipway_checks_judged_total{verdict="unmet"}', (now) => now >= 1);

  const cookie = reader.cookie.split('=')[1] ?? '';
  await reader.end();
  await reader.closed;
  await becomes('slipway_sessions_ended_total{reason="session-ended"}', (now) => now === 1);
  await becomes('slipway_sessions{state="claimed"}', (now) => now === 0);
  expect(await value('slipway_failures_total')).toBe(0);

  const seen = `${gateway.log}\n${await scrape()}`;
  expect(gateway.log).toContain('"msg":"answered"');
  expect(seen).toContain('slipway_sessions_ended_total');
  expect(cookie.length).toBeGreaterThan(20);
  for (const hidden of [secret, cookie, reader.session]) {
    if (hidden !== reader.session) expect(seen).not.toContain(hidden);
    expect(await scrape()).not.toContain(hidden);
  }
});
