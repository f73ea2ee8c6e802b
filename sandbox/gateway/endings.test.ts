/** What a page hears of its session's end, and of what puts it off: while it is there, and when it comes back. */
import { expect, test } from 'vitest';
import type { ProblemAnswer, SessionAnswer } from '../protocol/messages.ts';
import { Problem, problems, sessionEnds } from '../protocol/problems.ts';
import { Shell } from '../terminal/shell.ts';
import { TestGateway } from './fixture.testing.ts';

const open = () => TestGateway.open({ makeShell: (stream, listener) => new Shell(stream, listener) });
const problemIn = (body: string) => (JSON.parse(body) as ProblemAnswer).problem;

test.each([...sessionEnds])(
  '%s: told to the page that is there, and to the one that comes back, which gets no other unasked',
  async (code) => {
    await using gateway = await open();
    const { socket, session, cookie } = await gateway.attached();
    await gateway.sessions.end(session, code);
    expect(await socket.message('problem')).toMatchObject({ problem: { code } });
    expect((await socket.closed).code).toBe(problems[code].close);

    const back = await gateway.ask('POST', '/api/session?had=1', { cookie });
    expect(back.status).toBe(problems[code].status);
    expect(problemIn(back.body)).toMatchObject({ code, title: problems[code].title, kept: problems[code].kept });
    expect(gateway.sessions.all.size).toBe(0);
  },
);

test('a page that is opened anew gets a new session, and is told why the earlier one ended, once', async () => {
  await using gateway = await open();
  const { session, cookie } = await gateway.claim();
  await gateway.sessions.end(session, 'session-expired');
  const next = await gateway.claim(cookie);
  expect(next).toMatchObject({ fresh: true, ended: 'session-expired' });
  expect(next.session).not.toBe(session);
  expect((await gateway.claim(cookie)).ended).toBeUndefined();
});

test('one who ended it themselves is told nothing', async () => {
  await using gateway = await open();
  const { cookie } = await gateway.claim();
  await gateway.ask('DELETE', '/api/session', { cookie });
  expect(await gateway.claim(cookie)).not.toHaveProperty('ended');
});

test('a page that had a session gets it again, or the one another page has begun since', async () => {
  await using gateway = await open();
  const { session, cookie } = await gateway.claim();
  const again = async () =>
    JSON.parse((await gateway.ask('POST', '/api/session?had=1', { cookie })).body) as SessionAnswer;
  expect((await again()).session).toBe(session);
  await gateway.sessions.end(session, 'session-idle');
  const { session: other } = await gateway.claim(cookie);
  expect((await again()).session).toBe(other);
});

test('a session nobody remembers has ended, is all that is said', async () => {
  await using gateway = await open();
  for (const cookie of [undefined, `slipway=${'a'.repeat(43)}`]) {
    const reply = await gateway.ask('POST', '/api/session?had=1', { cookie });
    expect(problemIn(reply.body).code).toBe('session-ended');
  }
  expect(gateway.sessions.all.size).toBe(0);
});

test('what the session has used comes with the attach and on every change; extending is the session’s matter', async () => {
  await using gateway = await open();
  const { socket, session } = await gateway.attached();
  expect(await socket.message('usage')).toMatchObject({ usage: { time: { leftMs: 3_600_000 } } });
  socket.messages.length = 0;
  socket.say({ type: 'extend' });
  expect(await socket.message('usage')).toMatchObject({ usage: { time: { leftMs: 3_660_000 } } });
  expect(gateway.sessions.the(session).extensions).toBe(1);
});

test('input, output and a word from the page are signs of life; a ping, a size and an acknowledgement are not', async () => {
  await using gateway = await open();
  const { socket, session } = await gateway.attached();
  const of = gateway.sessions.the(session);
  const before = of.signs;
  socket.say({ type: 'resize', cols: 90, rows: 30 });
  socket.say({ type: 'ack', offset: 0 });
  socket.say({ type: 'ping' });
  await socket.message('pong');
  expect(of.signs).toBe(before);
  socket.say({ type: 'here' });
  await expect.poll(() => of.signs).toBe(before + 1);
  of.holders[0]?.print('output');
  await socket.until('output');
  expect(of.signs).toBe(before + 2);
  socket.ws.send(Buffer.from('x'));
  await socket.until('x');
  // The byte and its echo.
  expect(of.signs).toBe(before + 4);
});

test('a place in the line is told, and when to ask again; one who goes says so', async () => {
  await using gateway = await open();
  const { cookie } = await gateway.claim();
  gateway.sessions.failure = new Problem('host-full', undefined, { place: 7 });
  const reply = await gateway.ask('POST', '/api/session');
  expect(problemIn(reply.body)).toMatchObject({ code: 'host-full', place: 7 });
  expect(reply.headers['retry-after']).toBe('14');
  gateway.sessions.failure = new Problem('host-full');
  expect((await gateway.ask('POST', '/api/session')).headers['retry-after']).toBeUndefined();
  expect((await gateway.ask('DELETE', '/api/line', { cookie })).status).toBe(204);
  expect(gateway.sessions.left).toEqual(gateway.sessions.claims.slice(0, 1).map(({ owner }) => owner));
  expect((await gateway.ask('DELETE', '/api/line', { cookie, origin: 'http://evil.example' })).status).toBe(403);
  expect(gateway.sessions.all.size).toBe(1);
});

test('files are saved by their own reader, from a page of this site', async () => {
  await using gateway = await open();
  const { session, cookie } = await gateway.claim();
  await gateway.claim();
  const reply = await gateway.ask('POST', '/api/files', { cookie });
  expect(reply).toMatchObject({ status: 200, body: `files of ${session}` });
  expect(reply.headers).toMatchObject({
    'content-type': 'application/gzip',
    'content-disposition': 'attachment; filename="workspace.tar.gz"',
    'x-content-type-options': 'nosniff',
  });
  expect((await gateway.ask('POST', '/api/files', { cookie, origin: 'http://evil.example' })).status).toBe(403);
  expect((await gateway.ask('POST', '/api/files')).status).toBe(410);
  expect((await gateway.ask('GET', '/api/files', { cookie })).status).toBe(404);
});
