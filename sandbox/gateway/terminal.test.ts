/** Terminal sockets on a real port: the walls before the handshake, and every way a socket goes on or ends after it. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { MAX_FRAME, OUTPUT_WINDOW } from '../protocol/bounds.ts';
import { Problem } from '../protocol/problems.ts';
import { Shell } from '../terminal/shell.ts';
import { ORIGIN, TestGateway, type Settings, type TestSocket } from './fixture.testing.ts';
import type { MakeShell } from './ports.ts';
import type { TestHolder } from './sessions.testing.ts';

const makeShell: MakeShell = (stream, listener) => new Shell(stream, listener);
const open = (settings: Partial<Settings> = {}) => TestGateway.open({ makeShell, ...settings });
const attach = { type: 'attach', cols: 80, rows: 24 };

const upgradeRequest = (cookie: string, protocols: string) =>
  [
    'GET /api/terminal HTTP/1.1',
    'host: slipway.test',
    `origin: ${ORIGIN}`,
    `cookie: ${cookie}`,
    'upgrade: websocket',
    'connection: upgrade',
    'sec-websocket-version: 13',
    'sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==',
    `sec-websocket-protocol: ${protocols}`,
    '',
    '',
  ].join('\r\n');

describe('the ticket', () => {
  it('attaches its own browser to its own session, once', async () => {
    await using test = await open();
    const { ticket, cookie, session } = await test.claim();
    const socket = test.socket(ticket, { cookie });
    await socket.opened();
    expect(socket.ws.protocol).toBe('slipway.v1');
    expect(await test.socket(ticket, { cookie }).refused()).toMatchObject({ status: 403, code: 'bad-ticket' });
    expect(test.sessions.the(session).leases).toBe(1);
  });

  it.each<[string, (own: { ticket: string; cookie: string }) => [string | undefined, string | undefined]]>([
    ['missing', ({ cookie }) => [undefined, cookie]],
    ['made up', ({ cookie }) => ['A'.repeat(43), cookie]],
    ['cut short', ({ ticket, cookie }) => [ticket.slice(0, -1), cookie]],
    ['shown without a cookie', ({ ticket }) => [ticket, undefined]],
    ['shown with a cookie that is not one', ({ ticket }) => [ticket, 'slipway=x']],
  ])('is refused when %s', async (_name, make) => {
    await using test = await open();
    const own = await test.claim();
    const [ticket, cookie] = make(own);
    const refusal = await test.socket(ticket, { cookie }).refused();
    expect(refusal).toMatchObject({ status: 403, code: 'bad-ticket' });
    expect(refusal.body).not.toContain(own.session);
  });

  it('of another browser’s session is refused, names neither, and is used up by the try', async () => {
    await using test = await open();
    const one = await test.claim();
    const other = await test.claim();
    const refusal = await test.socket(one.ticket, { cookie: other.cookie }).refused();
    expect(refusal).toMatchObject({ status: 403, code: 'bad-ticket' });
    expect(refusal.body).not.toMatch(new RegExp(`"(${one.session}|${other.session})"`));
    expect(await test.socket(one.ticket, { cookie: one.cookie }).refused()).toMatchObject({ code: 'bad-ticket' });
  });

  it('is refused when it is old', async () => {
    let now = 0;
    await using test = await open({ now: () => now });
    const { ticket, cookie } = await test.claim();
    now = 30_000;
    expect(await test.socket(ticket, { cookie }).refused()).toMatchObject({ status: 403, code: 'bad-ticket' });
  });

  it('is refused when its session is over', async () => {
    await using test = await open();
    const { ticket, cookie, session } = await test.claim();
    await test.sessions.end(session, 'session-ended');
    expect(await test.socket(ticket, { cookie }).refused()).toMatchObject({ code: 'bad-ticket' });
  });

  it('is used up even when the handshake fails after it', async () => {
    await using test = await open();
    const { ticket, cookie } = await test.claim();
    const handshake = upgradeRequest(cookie, `slipway.v1, ticket.${ticket}`).replace('sec-websocket-key: ', 'x: ');
    expect(await test.raw(handshake)).toMatch(/^HTTP\/1.1 400/);
    expect(await test.socket(ticket, { cookie }).refused()).toMatchObject({ code: 'bad-ticket' });
  });

  it('is in no line of the log', async () => {
    await using test = await open();
    const { ticket, cookie } = await test.claim();
    const socket = test.socket(ticket, { cookie });
    await socket.opened();
    await test.socket(ticket, { cookie }).refused();
    expect(test.log.join('')).toContain('bad-ticket');
    expect(test.log.join('')).not.toContain(ticket);
  });
});

describe('the upgrade', () => {
  it.each(['/', '/api/session', '/api/terminal/', '/api/terminalx', '/healthz'])('is refused at %s', async (path) => {
    await using test = await open();
    const { ticket, cookie } = await test.claim();
    expect(await test.socket(ticket, { cookie }, path).refused()).toMatchObject({ status: 404, code: 'not-found' });
  });

  it.each(['ticket.T', 'slipway.v0, ticket.T', 'slipway.v1x, ticket.T'])(
    'needs our subprotocol, not %s',
    async (protocols) => {
      await using test = await open();
      const { ticket, cookie } = await test.claim();
      const handshake = upgradeRequest(cookie, protocols.replace('T', ticket));
      expect(await test.raw(handshake)).toMatch(/^HTTP\/1.1 400 .*"code":"bad-request"/s);
    },
  );

  it('never sends the ticket back, in whatever order the subprotocols come', async () => {
    await using test = await open();
    const { ticket, cookie } = await test.claim();
    const socket = connect(test.gateway.port, '127.0.0.1');
    socket.write(upgradeRequest(cookie, `ticket.${ticket}, slipway.v1`));
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    expect(answer.toString()).toMatch(/^HTTP\/1.1 101 .*sec-websocket-protocol: slipway.v1\r\n/is);
    expect(answer.toString()).not.toContain(ticket);
  });

  it('to anything but a WebSocket is the plain request it also is', async () => {
    await using test = await open();
    const request = 'GET /healthz HTTP/1.1\r\nhost: slipway.test\r\nconnection: upgrade, close\r\nupgrade: h2c\r\n\r\n';
    expect(await test.raw(request)).toMatch(/^HTTP\/1.1 200 OK/);
  });

  it('never brings the gateway down when it is cut off half way', async () => {
    await using test = await open();
    const { ticket, cookie } = await test.claim();
    const whole = upgradeRequest(cookie, `slipway.v1, ticket.${ticket}`);
    const head = whole.slice(0, 90);
    for (const bytes of [
      head,
      whole.slice(0, -2),
      whole,
      `${whole}\xff\xff\xff`,
      whole.replace(ORIGIN, 'http://evil.test'),
    ]) {
      const socket = connect(test.gateway.port, '127.0.0.1');
      socket.on('error', () => undefined);
      await new Promise<void>((resolve) => socket.write(bytes, 'latin1', () => resolve()));
      socket.resetAndDestroy();
    }
    expect((await test.ask('GET', '/healthz')).status).toBe(200);
    await test.attached();
  });
});

describe('an attached socket', () => {
  it('carries bytes both ways, with offsets, and says how much was taken', async () => {
    await using test = await open();
    const { socket } = await test.attached();
    expect(socket.messages.slice(0, 2)).toEqual([
      { type: 'attached', epoch: '0123456789abcdef', start: 0, end: 0 },
      { type: 'engine', state: 'starting' },
    ]);
    socket.ws.send(Buffer.from('echo é\r'));
    await socket.until('echo é\r');
    expect(await socket.message('taken')).toEqual({ type: 'taken', bytes: 8 });
    socket.say({ type: 'ping' });
    await socket.message('pong');
  });

  it('passes on attach, resume, resize and ack as they were sent', async () => {
    await using test = await open();
    const { ticket, cookie, session } = await test.claim();
    const socket = test.socket(ticket, { cookie });
    await socket.opened();
    socket.say({ type: 'attach', cols: 500, rows: 1, resume: { epoch: '00000000000000ff', from: 4096 } });
    socket.say({ type: 'resize', cols: 2, rows: 300 });
    socket.say({ type: 'ack', offset: 70_000 });
    socket.say({ type: 'ping' });
    await socket.message('pong');
    const [holder] = test.sessions.the(session).holders;
    const seen = holder?.seen.map(({ kind, payload }) => `${kind} ${payload.toString('hex')}`);
    expect(seen).toEqual(['A 01f400010100000000000000ff0000000000001000', 'R 0002012c', 'K 0000000000011170']);
  });

  it('loses nothing typed while the way to the shell is being opened', async () => {
    await using test = await open();
    const { ticket, cookie, session } = await test.claim();
    const own = test.sessions.the(session);
    const way = Promise.withResolvers<undefined>();
    own.opening = async (signal) => {
      await way.promise;
      own.opening = undefined;
      return own.openShell(signal);
    };
    const socket = test.socket(ticket, { cookie });
    await socket.opened();
    socket.say(attach);
    const text = Array.from({ length: 200 }, (_, i) => `${i} `);
    for (const one of text) socket.ws.send(Buffer.from(one));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(socket.output.byteLength).toBe(0);
    way.resolve(undefined);
    await socket.until('199 ');
    expect(socket.output.toString()).toBe(text.join(''));
  });

  it('hears of its engine whenever that changes', async () => {
    await using test = await open();
    const { socket, session } = await test.attached();
    test.sessions.the(session).setEngine('ready');
    socket.say({ type: 'ping' });
    await socket.message('pong');
    expect(socket.messages.filter(({ type }) => type === 'engine')).toEqual([
      { type: 'engine', state: 'starting' },
      { type: 'engine', state: 'ready' },
    ]);
  });
});

describe('bad input ends the socket with a code and a reason, and the shell lives on', () => {
  const bad: [string, unknown, RegExp][] = [
    ['no JSON', '{', /^bad-message: message: not JSON$/],
    ['no object', '[]', /^bad-message: /],
    ['nothing', '', /^bad-message: message: not JSON$/],
    ['an unknown type', { type: 'exec', command: 'id' }, /^bad-message: type: /],
    ['a field too many', { type: 'ping', extra: 1 }, /^bad-message: /],
    ['a prototype', '{"type":"ping","__proto__":{"x":1}}', /^bad-message: /],
    ['no columns', { type: 'resize', cols: 0, rows: 24 }, /^bad-message: cols: .*2/],
    ['absurdly many columns', { type: 'resize', cols: 100_000, rows: 24 }, /^bad-message: cols: .*500/],
    ['absurdly many rows', { type: 'resize', cols: 80, rows: 301 }, /^bad-message: rows: .*300/],
    ['half a column', { type: 'resize', cols: 80.5, rows: 24 }, /^bad-message: cols: /],
    ['a negative offset', { type: 'ack', offset: -1 }, /^bad-message: offset: /],
    ['an offset beyond counting', '{"type":"ack","offset":9007199254740993}', /^bad-message: offset: /],
    ['a second attach', attach, /^bad-message: type: attach is sent once/],
  ];

  it.each(bad)('%s', async (_name, message, reason) => {
    await using test = await open();
    const { socket, session } = await test.attached();
    socket.ws.send(typeof message === 'string' ? message : JSON.stringify(message));
    const closing = await socket.closed;
    expect(closing.code).toBe(4400);
    expect(closing.reason).toMatch(reason);
    expect(await socket.message('problem')).toMatchObject({ problem: { code: 'bad-message' } });
    expect(test.sessions.get(session)).toMatchObject({ leases: 0, listeners: 0 });
  });

  it.each<[string, (ticket: { say: (m: unknown) => void; bytes: () => void }) => void]>([
    ['bytes', ({ bytes }) => bytes()],
    ['a ping', ({ say }) => say({ type: 'ping' })],
    ['an attach with a bad resume', ({ say }) => say({ ...attach, resume: { epoch: 'XYZ', from: 0 } })],
  ])('%s as the first message', async (_name, send) => {
    await using test = await open();
    const { ticket, cookie, session } = await test.claim();
    const socket = test.socket(ticket, { cookie });
    await socket.opened();
    send({ say: (message) => socket.say(message), bytes: () => socket.ws.send(Buffer.from('rm -rf ~\r')) });
    expect((await socket.closed).code).toBe(4400);
    for (const holder of test.sessions.the(session).holders) expect(holder.seen).toEqual([]);
  });

  it('a message in more pieces than any browser sends, with 1008, and not one in a few', async () => {
    await using test = await open();
    const { socket } = await test.attached();
    const send = (pieces: number) => {
      for (let i = 1; i <= pieces; i++) socket.ws.send(Buffer.from('x'), { binary: true, fin: i === pieces });
    };
    send(16);
    await socket.until('x'.repeat(16));
    send(17);
    expect((await socket.closed).code).toBe(1008);
  });

  it.each([
    ['bytes', true],
    ['text', false],
  ])('a message of %s over 64 KiB, with 1009', async (_name, binary) => {
    await using test = await open();
    const { socket, session } = await test.attached();
    socket.ws.send(Buffer.alloc(MAX_FRAME + 1, 'x'), { binary });
    expect((await socket.closed).code).toBe(1009);
    const own = test.sessions.the(session);
    expect(own.holders[0]?.seen.map(({ kind }) => kind)).toEqual(['A']);
    expect(own.leases).toBe(0);
    expect(test.sessions.get(session)).toBeDefined();
  });

  it('a message of just 64 KiB is one message, but more input than the window', async () => {
    await using test = await open();
    const { socket } = await test.attached();
    socket.ws.send(Buffer.alloc(OUTPUT_WINDOW, 'x'));
    await socket.until('x'.repeat(OUTPUT_WINDOW));
    socket.ws.send(Buffer.alloc(MAX_FRAME, 'x'));
    expect(await socket.closed).toMatchObject({ code: 4400, reason: expect.stringContaining('window') as string });
  });

  it('a frame that is not WebSocket', async () => {
    await using test = await open();
    const { socket, session } = await test.attached();
    const raw = (socket.ws as unknown as { _socket: { write(bytes: Buffer): void } })._socket;
    raw.write(Buffer.from([0x81, 0x01, 0x41])); // not masked
    expect((await socket.closed).code).toBe(1002);
    expect(test.sessions.the(session)).toMatchObject({ leases: 0, listeners: 0 });
  });
});

describe('a socket ends', () => {
  it('when it does not attach in time', async () => {
    await using test = await open({ limits: { attachMs: 50 } });
    const { ticket, cookie, session } = await test.claim();
    const socket = test.socket(ticket, { cookie });
    await socket.opened();
    expect((await socket.closed).code).toBe(4408);
    expect(await socket.message('problem')).toMatchObject({ problem: { code: 'too-slow' } });
    const own = test.sessions.the(session);
    expect(own.leases).toBe(0);
    expect(own.holders[0]?.stream.destroyed || own.holders[0]?.stream.readableEnded).toBe(true);
  });

  it.each(['session-ended', 'session-idle', 'session-expired'] as const)('when its session does: %s', async (why) => {
    await using test = await open();
    const { socket, session } = await test.attached();
    const own = test.sessions.the(session);
    // The stream breaks first, as it does when a container is stopped.
    own.holders[0]?.stream.destroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await test.sessions.end(session, why);
    expect(await socket.closed).toEqual({ code: 4410, reason: why });
    expect(await socket.message('problem')).toMatchObject({ problem: { code: why, retry: false } });
    expect(own).toMatchObject({ leases: 0, listeners: 0 });
  });

  it('when its session ended in the very moment of attaching', async () => {
    await using test = await open();
    const { ticket, cookie, session } = await test.claim();
    test.sessions.the(session).over = 'session-expired';
    const socket = test.socket(ticket, { cookie });
    expect((await socket.closed).code).toBe(4410);
    expect(test.sessions.the(session)).toMatchObject({ leases: 0, listeners: 0 });
  });

  it('when the reader ends the session in another tab', async () => {
    await using test = await open();
    const { socket, cookie } = await test.attached();
    await test.ask('DELETE', '/api/session', { cookie });
    expect((await socket.closed).code).toBe(4410);
  });

  it('with holder-lost when the way to the shell cannot be opened', async () => {
    await using test = await open();
    const { ticket, cookie, session } = await test.claim();
    test.sessions.the(session).opening = () => Promise.reject(new Error('exec failed'));
    const socket = test.socket(ticket, { cookie });
    await socket.opened();
    socket.say(attach);
    expect(await socket.closed).toEqual({ code: 4502, reason: 'holder-lost' });
    expect(JSON.stringify(socket.messages)).not.toContain('exec failed');
    expect(test.log.join('')).toContain('exec failed');
  });

  it('with holder-lost when the stream breaks and the session goes on', async () => {
    await using test = await open({ limits: { endedMs: 20 } });
    const { socket, session } = await test.attached();
    test.sessions.the(session).holders[0]?.stream.destroy();
    expect((await socket.closed).code).toBe(4502);
  });

  it('with holder-lost when what speaks is no holder', async () => {
    await using test = await open({ limits: { endedMs: 20 } });
    const { ticket, cookie, session } = await test.claim();
    const stream = new PassThrough();
    test.sessions.the(session).opening = () => Promise.resolve(stream);
    stream.write('OCI runtime exec failed: no such file');
    const socket = test.socket(ticket, { cookie });
    await socket.opened();
    socket.say(attach);
    expect((await socket.closed).code).toBe(4502);
    expect(stream.destroyed).toBe(true);
  });

  it('with the session room’s own problem where it has one', async () => {
    await using test = await open();
    const { ticket, cookie, session } = await test.claim();
    test.sessions.the(session).opening = () => Promise.reject(new Problem('engine-dead'));
    const socket = test.socket(ticket, { cookie });
    await socket.opened();
    expect(await socket.closed).toEqual({ code: 4503, reason: 'engine-dead' });
  });

  it('when the other end has died without a word', async () => {
    await using test = await open({ limits: { beatMs: 30 } });
    const { socket, session } = await test.attached();
    socket.ws.pause();
    await expect.poll(() => test.sessions.the(session).leases).toBe(0);
    expect(test.gateway.sockets()).toBe(0);
    socket.ws.resume();
    expect((await socket.closed).code).toBe(1006);
  });

  it('not while the other end lives', async () => {
    await using test = await open({ limits: { beatMs: 150 } });
    const { socket } = await test.attached();
    let pings = 0;
    await new Promise<void>((resolve) => socket.ws.on('ping', () => ++pings === 4 && resolve()));
    expect(socket.ws.readyState).toBe(socket.ws.OPEN);
  });

  it('not because nothing is typed', async () => {
    await using test = await open({ limits: { idleMs: 30 } });
    const { socket } = await test.attached();
    await new Promise((resolve) => setTimeout(resolve, 150));
    socket.say({ type: 'ping' });
    await socket.message('pong');
  });

  it('and lets go of everything when the client leaves', async () => {
    await using test = await open();
    const { socket, session } = await test.attached();
    socket.ws.close();
    await expect.poll(() => test.gateway.sockets()).toBe(0);
    expect(test.sessions.the(session)).toMatchObject({ leases: 0, listeners: 0 });
    await expect.poll(() => test.sessions.the(session).holders[0]?.stream.readableEnded).toBe(true);
  });

  it('giving up the way to the shell when the client leaves before there is one', async () => {
    await using test = await open();
    const { ticket, cookie, session } = await test.claim();
    const given = Promise.withResolvers<AbortSignal>();
    const late = new PassThrough();
    const way = Promise.withResolvers<PassThrough>();
    test.sessions.the(session).opening = (signal) => {
      given.resolve(signal);
      return way.promise;
    };
    const socket = test.socket(ticket, { cookie });
    await socket.opened();
    socket.ws.terminate();
    const signal = await given.promise;
    await expect.poll(() => signal.aborted).toBe(true);
    way.resolve(late);
    await expect.poll(() => late.destroyed).toBe(true);
  });
});

describe('a client that takes no output', () => {
  const flood = async (test: TestGateway, session: string, socket: TestSocket) => {
    const [holder] = test.sessions.the(session).holders;
    if (!holder) throw new Error('no holder');
    const chunk = Buffer.alloc(OUTPUT_WINDOW, 'y');
    let sent = 0;
    // A client that acknowledges everything and reads nothing: what is not held back ends up in memory.
    while (sent < 64 * 1024 * 1024) {
      sent += chunk.byteLength;
      holder.print(chunk);
      if (!(await acknowledged(holder, socket, sent))) break;
    }
    return sent;
  };
  /** Acknowledges until the holder hears of it: only what has passed the gateway counts. */
  const acknowledged = async (holder: TestHolder, socket: TestSocket, offset: number) => {
    for (let tried = 0; tried < 150; tried++) {
      if (tried % 15 === 0) socket.say({ type: 'ack', offset });
      if (holder.seen.some(({ kind, payload }) => kind === 'K' && Number(payload.readBigUInt64BE()) >= offset))
        return true;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    return false;
  };

  it('is held back, and goes on where it was when it reads again', async () => {
    await using test = await open();
    const { socket, session } = await test.attached();
    socket.ws.pause();
    const sent = await flood(test, session, socket);
    // What the kernel's socket buffers take is beyond the gateway; its own share is bounded.
    expect(sent).toBeLessThan(32 * 1024 * 1024);
    socket.ws.resume();
    await expect.poll(() => socket.output.byteLength, { timeout: 5_000 }).toBe(sent);
  });

  it('is given up when it stands still for too long', async () => {
    await using test = await open({ limits: { stallMs: 100, closeMs: 100, outputBytes: 2 * OUTPUT_WINDOW } });
    const { socket, session } = await test.attached();
    socket.ws.pause();
    await flood(test, session, socket);
    await expect.poll(() => test.sessions.the(session).leases, { timeout: 3_000 }).toBe(0);
    await expect.poll(() => test.gateway.sockets(), { timeout: 3_000 }).toBe(0);
    expect(test.sessions.get(session)).toBeDefined();
    socket.ws.terminate();
  });
});

describe('a shell that takes nothing', () => {
  it.each([
    ['control messages', (socket: TestSocket) => socket.say({ type: 'resize', cols: 80, rows: 24 })],
    ['acknowledgements', (socket: TestSocket) => socket.say({ type: 'ack', offset: 1 })],
  ])('bounds how many %s wait for it, and the socket ends when that lasts', async (_name, send) => {
    await using test = await open({ limits: { stallMs: 100 } });
    const { socket, session } = await test.attached();
    test.sessions.the(session).holders[0]?.stopReading();
    for (let i = 0; i < 20_000; i++) send(socket);
    expect((await socket.closed).code).toBe(4408);
    expect(test.sessions.the(session).leases).toBe(0);
  });
});

describe('how many sockets', () => {
  it('a session may have', async () => {
    await using test = await open({ limits: { socketsPerSession: 2 } });
    const { cookie, session } = await test.attached();
    const again = async () => {
      const socket = test.socket((await test.claim(cookie)).ticket, { cookie });
      await socket.opened();
      return socket;
    };
    const second = await again();
    const third = await again();
    expect(await third.closed).toMatchObject({ code: 4429 });
    expect(await third.message('problem')).toMatchObject({ problem: { code: 'too-many-requests' } });
    expect(test.sessions.the(session).leases).toBe(2);
    second.ws.close();
    await expect.poll(() => test.gateway.sockets()).toBe(1);
    const fourth = await again();
    fourth.say(attach);
    await fourth.message('attached');
  });

  it('an address may have', async () => {
    await using test = await open({ limits: { socketsPerAddressSession: 0.5 } });
    await test.attached();
    await test.attached();
    const { ticket, cookie } = await test.claim();
    expect((await test.socket(ticket, { cookie }).closed).code).toBe(4429);
  });
});

describe('closing the gateway', () => {
  it('tells every socket that it restarts, leaves the sessions, and takes at most three seconds', async () => {
    const test = await open({ limits: { closeMs: 500 } });
    const { socket, session } = await test.attached();
    const deaf = await test.attached();
    deaf.socket.ws.pause();
    const began = performance.now();
    await test[Symbol.asyncDispose]();
    expect(performance.now() - began).toBeLessThan(3_000);
    expect(await socket.closed).toEqual({ code: 1012, reason: 'restarting' });
    expect(await socket.message('problem')).toMatchObject({ problem: { code: 'restarting', retry: true } });
    expect([...test.sessions.all.keys()]).toContain(session);
    expect(test.sessions.the(session).leases).toBe(0);
    await expect(test.ask('GET', '/healthz')).rejects.toThrow('ECONNREFUSED');
    deaf.socket.ws.terminate();
  });

  it('takes on nothing new meanwhile, and says why', async () => {
    const test = await open({ limits: { closeMs: 500 } });
    const deaf = await test.attached();
    deaf.socket.ws.pause();
    const { ticket, cookie } = await test.claim();
    const closed = test[Symbol.asyncDispose]();
    const reply = await test.ask('POST', '/api/session');
    expect([reply.status, reply.body]).toEqual([503, expect.stringContaining('"restarting"')]);
    expect(await test.socket(ticket, { cookie }).refused()).toMatchObject({ status: 503, code: 'restarting' });
    await closed;
    deaf.socket.ws.terminate();
  });

  it('lets requests under way finish, and cuts off those that do not', async () => {
    const test = await open();
    const started = Promise.withResolvers<undefined>();
    test.sessions.before = started.promise;
    const finishing = test.ask('POST', '/api/session');
    await expect.poll(() => test.sessions.claims.length).toBe(1);
    test.sessions.before = new Promise(() => undefined);
    const hanging = test.ask('POST', '/api/session').then(
      () => 'answered',
      () => 'cut off',
    );
    await expect.poll(() => test.sessions.claims.length).toBe(2);
    const began = performance.now();
    const closed = test[Symbol.asyncDispose]();
    started.resolve(undefined);
    expect((await finishing).status).toBe(200);
    expect(await hanging).toBe('cut off');
    await closed;
    expect(performance.now() - began).toBeLessThan(3_000);
  });
});
