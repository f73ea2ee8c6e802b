import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ProblemCode } from '../protocol/problems.ts';
import { createEvents } from './events.ts';
import { createLogger } from './log.ts';

function logging(level: 'debug' | 'info' | 'silent' = 'debug') {
  const lines: string[] = [];
  const events = createEvents(createLogger(level, { write: (line) => lines.push(line) }));
  return { events, last: () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown>, lines };
}

describe('events', () => {
  it('are one JSON object a line, with a level in words and a time people can read', () => {
    const { events, last, lines } = logging();
    events.sessionClaimed({ session: 's1', fresh: true, ms: 12 });
    expect(lines[0]).toMatch(/^\{.*\}\n$/);
    expect(last()).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
      session: 's1',
      fresh: true,
      ms: 12,
      msg: 'session claimed',
    });
  });

  it('take of an error its words, its place and its cause, and nothing that hangs on it', () => {
    const { events, last, lines } = logging();
    const request = { headers: { cookie: 'slipway=secret' } };
    const cause = Object.assign(new Error('socket hang up'), { request, config: { auth: 'secret' } });
    events.failed({ id: '1', at: 'x', error: Object.assign(new Error('failed', { cause }), { response: request }) });
    expect(last()['error']).toMatchObject({ message: 'failed', cause: { message: 'socket hang up' } });
    expect(lines.join('')).not.toContain('secret');
    events.failed({ id: '2', at: 'x', error: { cookie: 'secret' } });
    expect(last()['error']).toEqual({ type: 'object' });
  });

  it('do not repeat what a parser read: that may be what somebody typed', () => {
    const { events, lines } = logging();
    const parse = () => JSON.parse('hunter2 is my password') as unknown;
    const schema = z.literal('x', { error: ({ input }) => `read ${String(input)}` });
    for (const read of [parse, () => schema.parse('hunter2')])
      try {
        read();
      } catch (error) {
        events.failed({ id: '1', at: 'x', error });
        events.hostLost({ error: new Error('of another', { cause: error }) });
      }
    expect(lines).toHaveLength(4);
    expect(lines.join('')).not.toContain('hunter2');
    expect(lines[0]).toContain('events.test.ts');
  });

  it('take of an object what they know, whatever else it holds', () => {
    const { events, lines } = logging();
    const session = { session: 's1', resumed: true, ms: 1, cookie: 'secret', output: Buffer.from('secret') };
    events.shellAttached(session);
    events.socketClosed({ ...session, code: 1000 });
    expect(lines.join('')).not.toMatch(/secret|cookie|output/);
  });

  it('move no cursor on the screen a log is read on', () => {
    const { events, lines } = logging();
    const asked = { session: 's', method: 'GET', port: 80, status: 403, sent: 1, received: 2, ms: 3 };
    events.egressRequest({ ...asked, host: 'x\u009b2J.example' });
    expect(lines.pop()).toContain('"host":"x 2J.example",');
    events.failed({ id: '1', at: 'x', error: new Error(`a\u001b[2Jb\u009b2Jc\u202ed${'e'.repeat(5_000)}`) });
    expect(lines[0]).not.toMatch(/\\u00|[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(lines[0]?.length).toBeLessThan(2_500);
  });

  it('below the level are dropped', () => {
    const { events, lines } = logging('info');
    events.answered({ request: '1', method: 'GET', route: '/', status: 200, ms: 1 });
    const silent = logging('silent');
    silent.events.failed({ id: '1', at: 'x', error: new Error('e') });
    expect([...lines, ...silent.lines]).toEqual([]);
  });

  it('of refusals are bounded for each code, and say how many were left out', () => {
    const lines: string[] = [];
    let now = 0;
    const events = createEvents(createLogger('info', { write: (line) => lines.push(line) }), { now: () => now });
    const refuse = (code: ProblemCode) => events.refused({ request: '1', code, at: 'x' });
    for (let i = 0; i < 1_000; i++) refuse('bad-origin');
    expect(lines).toHaveLength(60);
    refuse('bad-ticket');
    expect(lines).toHaveLength(61);
    now += 60_000;
    refuse('bad-origin');
    expect(JSON.parse(lines.at(-1) ?? '{}')).toMatchObject({ code: 'bad-origin', leftOut: 940 });
  });
});
