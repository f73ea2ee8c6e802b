import { describe, expect, it } from 'vitest';
import { createEvents } from './events.ts';
import { createLogger } from './log.ts';
import { parseExposition, type Family } from './exposition.testing.ts';
import { createMetrics } from './metrics.ts';
import { nobody } from './readings.ts';

function counting() {
  const metrics = createMetrics();
  const events = createEvents(createLogger('silent'), { metrics });
  const read = async () => parseExposition(await metrics.text());
  return { metrics, events, read };
}

function value(families: Map<string, Family>, name: string, labels: Record<string, string> = {}): number | undefined {
  for (const family of families.values())
    for (const sample of family.samples)
      if (sample.name === name && JSON.stringify(sample.labels) === JSON.stringify(labels)) return sample.value;
  return undefined;
}

describe('metrics', () => {
  it('are well-formed text, named and explained as Prometheus has it, each case there from the start', async () => {
    const { read } = counting();
    const families = await read();
    expect(families.size).toBeGreaterThan(30);
    for (const [name, { type, help, samples }] of families) {
      expect(name).toMatch(/^slipway_[a-z_]+$/);
      expect(help.length, name).toBeGreaterThan(10);
      expect(help, name).toMatch(/\.$/);
      expect(name.endsWith('_total'), name).toBe(type === 'counter');
      if (type === 'histogram') expect(name).toMatch(/_seconds$/);
      expect(samples.length, name).toBeGreaterThan(0);
      expect(samples.length, name).toBeLessThan(64);
      for (const sample of samples) expect(sample.value).toBe(0);
    }
  });

  it('are counted by events', async () => {
    const { events, read } = counting();
    events.sessionClaimed({ session: 's', fresh: true, ms: 120 });
    events.sessionClaimed({ session: 's', fresh: true, warm: true, ms: 80 });
    events.sessionClaimed({ session: 's', fresh: false, ms: 1 });
    events.claimRefused();
    events.sessionEnded({ session: 's', why: 'session-idle' });
    events.shellAttached({ session: 's', resumed: true, ms: 5 });
    events.socketClosed({ session: 's', code: 1006, ms: 5 });
    events.socketClosed({ session: 's', code: 4408, ms: 5 }, 'too-slow');
    events.socketClosed({ session: 's', code: 4999, ms: 5 });
    events.printed(1_000);
    events.printed(24);
    events.typed(3);
    events.echoed(0.4);
    events.orphansRemoved({ sessions: ['a', 'b'] });
    events.refused({ request: 'r', code: 'bad-origin', at: 'x' });
    events.refused({ request: 'r', code: 'not-found', at: 'x' });
    events.answered({ request: 'r', method: 'POST', route: '/api/session', status: 200, ms: 1 });
    events.answered({ request: 'r', method: 'GET', route: '/made/up', status: 404, ms: 1 });
    events.checksJudged([{ verdict: 'met' }, { verdict: 'unknown' }], 40);
    events.prepared({ session: 's', state: 'done', ms: 3_000 });
    events.engineDied({ session: 's' });
    events.engineWoke({ session: 's', ms: 900 });
    events.sessionReady({ session: 's', ms: 1_500 });
    events.sessionUnused({ session: 's', why: 'surplus' });
    events.queueServed({ ms: 40_000 });
    const asked = { session: 's', method: 'CONNECT', host: 'proxy.golang.org', port: 443, status: 200, ms: 9 };
    events.egressRequest({ ...asked, sent: 10, received: 2_000 });
    events.egressDenied(1);
    events.egressClosed({ session: 's' });
    events.egressLost({ error: new Error('e') });
    events.failed({ id: 'i', at: 'x', error: new Error('e') });
    const families = await read();
    const expected: [string, Record<string, string>, number][] = [
      ['slipway_claims_total', { result: 'made' }, 1],
      ['slipway_claims_total', { result: 'warm' }, 1],
      ['slipway_claims_total', { result: 'found' }, 1],
      ['slipway_claims_total', { result: 'refused' }, 1],
      ['slipway_claim_seconds_bucket', { le: '0.1' }, 1],
      ['slipway_claim_seconds_bucket', { le: '0.15' }, 2],
      ['slipway_claim_seconds_count', {}, 2],
      ['slipway_sessions_ended_total', { reason: 'session-idle' }, 1],
      ['slipway_shells_attached_total', { how: 'resumed' }, 1],
      ['slipway_shells_attached_total', { how: 'new' }, 0],
      ['slipway_sockets_closed_total', { reason: 'lost' }, 1],
      ['slipway_sockets_closed_total', { reason: 'too-slow' }, 1],
      ['slipway_sockets_closed_total', { reason: 'protocol' }, 1],
      ['slipway_terminal_output_bytes_total', {}, 1_024],
      ['slipway_terminal_input_bytes_total', {}, 3],
      ['slipway_echo_seconds_bucket', { le: '0.0005' }, 1],
      ['slipway_orphans_removed_total', {}, 2],
      ['slipway_refusals_total', { code: 'bad-origin' }, 1],
      ['slipway_refusals_total', { code: 'not-found' }, 1],
      ['slipway_http_requests_total', { route: '/api/session', status: '2xx' }, 1],
      ['slipway_http_requests_total', { route: 'none', status: '4xx' }, 1],
      ['slipway_checks_judged_total', { verdict: 'met' }, 1],
      ['slipway_check_seconds_count', {}, 1],
      ['slipway_prepares_total', { state: 'done' }, 1],
      ['slipway_engine_deaths_total', {}, 1],
      ['slipway_engine_wakes_total', {}, 1],
      ['slipway_engine_wake_seconds_bucket', { le: '1' }, 1],
      ['slipway_session_warming_seconds_count', {}, 1],
      ['slipway_sessions_unused_total', { reason: 'surplus' }, 1],
      ['slipway_queue_wait_seconds_bucket', { le: '60' }, 1],
      ['slipway_egress_bytes_total', { direction: 'received' }, 2_000],
      ['slipway_egress_bytes_total', { direction: 'sent' }, 10],
      ['slipway_egress_denials_total', {}, 1],
      ['slipway_egress_closed_total', {}, 1],
      ['slipway_egress_losses_total', {}, 1],
      ['slipway_failures_total', {}, 1],
    ];
    for (const [name, labels, sum] of expected)
      expect([name, labels, value(families, name, labels)]).toEqual([name, labels, sum]);
  });

  it('of what is so now are read once for a scrape', async () => {
    const { metrics, read } = counting();
    let reads = 0;
    metrics.readFrom(() => ({
      host: ++reads > 0,
      most: 40,
      sockets: 7,
      census: {
        ...nobody,
        waiting: 3,
        sessions: { warm: 1, claimed: 4, making: 2, ending: 0 },
        engines: { starting: 0, ready: 3, asleep: 1, stopped: 1 },
        disk: { sum: 300, most: 200 },
      },
    }));
    const families = await read();
    expect(reads).toBe(1);
    expect(value(families, 'slipway_host_up')).toBe(1);
    expect(value(families, 'slipway_sessions', { state: 'claimed' })).toBe(4);
    expect(value(families, 'slipway_engines', { state: 'asleep' })).toBe(1);
    expect(value(families, 'slipway_session_disk_bytes')).toBe(300);
    expect(value(families, 'slipway_session_disk_max_bytes')).toBe(200);
    expect(value(families, 'slipway_queue_readers')).toBe(3);
  });

  it('have no series of a reader’s own: labels are of closed sets', async () => {
    const { events, read } = counting();
    const series = async () => [...(await read()).values()].reduce((sum, { samples }) => sum + samples.length, 0);
    const before = await series();
    for (let i = 0; i < 500; i++) {
      events.sessionClaimed({ session: `s${i}`, fresh: true, ms: i });
      events.socketClosed({ session: `s${i}`, code: 3_000 + i, ms: i });
      events.answered({ request: `r${i}`, method: `M${i}`, route: `/${i}`, status: 200 + i, ms: i });
      events.refused({ request: `r${i}`, code: `c${i}` as 'internal', at: `/${i}` });
      events.sessionEnded({ session: `s${i}`, why: `w${i}` as 'internal' });
    }
    expect(await series()).toBe(before);
  });
});
