/** Climbs the HTTP walls of a real gateway. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { ProblemAnswer } from '../protocol/messages.ts';
import { Problem } from '../protocol/problems.ts';
import { Shell } from '../terminal/shell.ts';
import { ORIGIN, TestGateway, type Reply, type Settings } from './fixture.testing.ts';
import type { MakeShell } from './ports.ts';

const makeShell: MakeShell = (stream, listener) => new Shell(stream, listener);
const open = (settings: Partial<Settings> = {}) => TestGateway.open({ makeShell, ...settings });
const codeOf = (reply: Reply) => (JSON.parse(reply.body) as ProblemAnswer).problem.code;

const badOrigins: [string, string | undefined][] = [
  ['missing', undefined],
  ['null', 'null'],
  ['empty', ''],
  ['another scheme', 'https://slipway.test'],
  ['another port', 'http://slipway.test:81'],
  ['the default port written out', 'http://slipway.test:80'],
  ['a subdomain', 'http://evil.slipway.test'],
  ['the parent domain', 'http://test'],
  ['a suffix', 'http://slipway.test.evil.example'],
  ['a prefix', 'http://evil-slipway.test'],
  ['another case', 'http://SLIPWAY.test'],
  ['a trailing slash', 'http://slipway.test/'],
  ['a user name', 'http://slipway.test@evil.example'],
  ['two of them', 'http://slipway.test, http://evil.example'],
  ['a star', '*'],
  ['a file', 'file://'],
];

describe('the origin wall', () => {
  it.each(badOrigins)('refuses POST, DELETE and the upgrade with an Origin that is %s', async (_name, origin) => {
    await using test = await open();
    const { ticket, cookie, session } = await test.claim();
    for (const method of ['POST', 'DELETE']) {
      const reply = await test.ask(method, '/api/session', { origin, cookie });
      expect([reply.status, codeOf(reply), reply.headers['set-cookie']]).toEqual([403, 'bad-origin', undefined]);
    }
    expect(test.sessions.claims).toHaveLength(1);
    expect(test.sessions.get(session)).toBeDefined();
    expect(await test.socket(ticket, { cookie, origin }).refused()).toMatchObject({ status: 403, code: 'bad-origin' });
    // No work was done: not even the ticket is used up.
    const socket = test.socket(ticket, { cookie });
    await socket.opened();
  });

  it.each([['evil.example'], ['127.0.0.1'], ['slipway.test:81'], ['slipway.test.evil.example'], ['']])(
    'refuses the API and the upgrade when the Host is %j, so that rebinding a name gains nothing',
    async (host) => {
      await using test = await open();
      const { ticket, cookie } = await test.claim();
      for (const [method, path] of [
        ['GET', '/api/sandbox'],
        ['POST', '/api/session'],
        ['DELETE', '/api/session'],
        ['GET', '/api/none'],
      ] as const)
        expect(codeOf(await test.ask(method, path, { host, cookie }))).toBe('bad-origin');
      expect(await test.socket(ticket, { cookie, host }).refused()).toMatchObject({ status: 403, code: 'bad-origin' });
    },
  );

  it('holds a page to the very origin it came from when there are several', async () => {
    await using test = await open({ config: { origins: [ORIGIN, 'http://other.test'] } });
    const other = { host: 'other.test', origin: 'http://other.test' };
    expect((await test.ask('POST', '/api/session', other)).status).toBe(200);
    expect(codeOf(await test.ask('POST', '/api/session', { origin: 'http://other.test' }))).toBe('bad-origin');
  });

  it.each(['cross-site', 'same-site', 'none'])('refuses Sec-Fetch-Site: %s whatever the Origin says', async (site) => {
    await using test = await open();
    expect(codeOf(await test.ask('POST', '/api/session', { 'sec-fetch-site': site }))).toBe('bad-origin');
    expect((await test.ask('POST', '/api/session', { 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });

  it('refuses an upgrade of another site that lies about its Origin', async () => {
    await using test = await open();
    const { ticket, cookie } = await test.claim();
    const socket = test.socket(ticket, { cookie, 'sec-fetch-site': 'cross-site' });
    expect(await socket.refused()).toMatchObject({ status: 403, code: 'bad-origin' });
  });
});

describe('the identity cookie', () => {
  it('is 256 random bits that scripts, other sites and the session room do not see', async () => {
    await using test = await open();
    const replies = await Promise.all([test.ask('POST', '/api/session'), test.ask('POST', '/api/session')]);
    const cookies = replies.map((reply) => reply.headers['set-cookie']?.[0] ?? '');
    for (const cookie of cookies)
      expect(cookie).toMatch(/^slipway=[A-Za-z0-9_-]{43}; Path=\/; Max-Age=3600; HttpOnly; SameSite=Strict$/);
    expect(cookies[0]).not.toBe(cookies[1]);
    for (const { owner } of test.sessions.claims) expect(owner).toMatch(/^[0-9a-f]{64}$/);
    const secret = cookies[0]?.slice(8, 51) ?? '';
    expect(JSON.stringify(test.sessions.claims)).not.toContain(secret);
    expect(replies[0].body + test.log.join('')).not.toContain(secret);
  });

  it('brings the same browser back to the same session', async () => {
    await using test = await open();
    const first = await test.claim();
    const again = await test.claim(`theme=dark; ${first.cookie}; slipway=short`);
    expect(again).toMatchObject({ session: first.session, fresh: false, cookie: first.cookie });
    expect(again.ticket).not.toBe(first.ticket);
  });

  it('is made anew when it is not of our making', async () => {
    await using test = await open();
    for (const cookie of ['slipway=', 'slipway=guess', `slipway=${'a'.repeat(44)}`, `xslipway=${'a'.repeat(43)}`]) {
      const set = (await test.ask('POST', '/api/session', { cookie })).headers['set-cookie']?.[0] ?? '';
      expect(set).toMatch(/^slipway=[A-Za-z0-9_-]{43};/);
      expect(set).not.toContain('aaaa');
    }
  });

  it('stays off the open line when the origin is https', async () => {
    await using test = await open({ config: { origins: ['https://slipway.test'] } });
    const reply = await test.ask('POST', '/api/session', { origin: 'https://slipway.test' });
    expect(reply.headers['set-cookie']?.[0]).toMatch(/; Secure$/);
  });
});

describe('what is asked', () => {
  it('answers what a page needs to know, in the agreed form', async () => {
    await using test = await open();
    expect((await test.ask('GET', '/healthz')).body).toBe('{"status":"ok","mode":"live"}');
    const sandbox = await test.ask('GET', '/api/sandbox', { origin: undefined });
    expect(JSON.parse(sandbox.body)).toEqual({ mode: 'live', standIn: true });
    expect(sandbox.headers['cache-control']).toBe('no-store');
    const reply = await test.ask('POST', '/api/session');
    expect(JSON.parse(reply.body)).toMatchObject({ session: 's1', fresh: true, standIn: true });
  });

  it('waits until it is known whether there is a sandbox, but shows the site at once', async () => {
    const known = Promise.withResolvers<undefined>();
    await using test = await open({ ready: known.promise, files: { 'index.html': '<h1>' } });
    let answered = 0;
    const asked = ['/healthz', '/api/sandbox'].map((path) => test.ask('GET', path).then(() => answered++));
    expect((await test.ask('GET', '/')).status).toBe(200);
    expect(answered).toBe(0);
    known.resolve(undefined);
    await Promise.all(asked);
    expect(answered).toBe(2);
  });

  it('ends the reader’s own session, twice without harm', async () => {
    await using test = await open();
    const one = await test.claim();
    const other = await test.claim();
    for (let i = 0; i < 2; i++)
      expect((await test.ask('DELETE', '/api/session', { cookie: one.cookie })).status).toBe(204);
    expect((await test.ask('DELETE', '/api/session')).status).toBe(204);
    expect([...test.sessions.all.keys()]).toEqual([other.session]);
  });

  it('says why there is no sandbox', async () => {
    const problem = new Problem('host-missing', 'Docker is not installed.');
    await using test = await open({ sandbox: () => ({ mode: 'recorded', problem }) });
    expect((await test.ask('GET', '/healthz')).body).toBe('{"status":"ok","mode":"recorded"}');
    const answer = JSON.parse((await test.ask('GET', '/api/sandbox')).body) as unknown;
    expect(answer).toEqual({ mode: 'recorded', standIn: false, problem: problem.body });
    const reply = await test.ask('POST', '/api/session');
    expect([reply.status, codeOf(reply)]).toEqual([503, 'host-missing']);
  });

  it('passes the session room’s problems on', async () => {
    await using test = await open();
    test.sessions.failure = new Problem('host-full');
    const reply = await test.ask('POST', '/api/session');
    expect([reply.status, codeOf(reply)]).toEqual([503, 'host-full']);
  });

  it('leaks nothing of an error nobody foresaw, and logs it under the id that is shown', async () => {
    await using test = await open();
    test.sessions.failure = new Error('connect /run/secret.sock: token=hunter2');
    const reply = await test.ask('POST', '/api/session');
    expect([reply.status, codeOf(reply)]).toEqual([500, 'internal']);
    expect(reply.body).not.toMatch(/hunter2|secret|\.ts/);
    const id = /as ([0-9a-f]{16})\./.exec(reply.body)?.[1] ?? 'none';
    expect(test.log.find((line) => line.includes('hunter2'))).toContain(id);
  });

  it('gives up on a session that does not start', async () => {
    await using test = await open({ limits: { claimMs: 50 } });
    const started = Promise.withResolvers<undefined>();
    test.sessions.before = started.promise;
    const reply = await test.ask('POST', '/api/session');
    expect([reply.status, codeOf(reply)]).toEqual([503, 'start-failed']);
    // The browser has its identity already, so that its next try finds the session.
    expect(reply.headers['set-cookie']).toBeDefined();
    started.resolve(undefined);
  });

  it('answers in JSON below /api whatever is wrong', async () => {
    await using test = await open();
    for (const [method, path] of [
      ['GET', '/api/none'],
      ['GET', '/api/'],
      ['GET', '/api/session'],
      ['PUT', '/api/session'],
      ['GET', '/api/terminal'],
      ['GET', '/api/session/../../healthz'],
    ] as const) {
      const reply = await test.ask(method, path);
      expect([path, reply.status, codeOf(reply)]).toEqual([path, 404, 'not-found']);
      expect(reply.headers['content-type']).toContain('application/json');
    }
  });

  it('reads no body larger than 16 KiB', async () => {
    await using test = await open();
    const headers = { 'content-type': 'application/json' };
    expect((await test.ask('POST', '/api/session', headers, 'x'.repeat(16 * 1024))).status).toBe(200);
    const reply = await test.ask('POST', '/api/session', headers, 'x'.repeat(16 * 1024 + 1));
    expect([reply.status, codeOf(reply)]).toEqual([413, 'bad-request']);
  });
});

describe('security headers', () => {
  const paths = ['/', '/nothing-here', '/healthz', '/api/sandbox', '/api/none', '/%ff', '/_astro/a.12345678.js'];

  it.each(paths)('are on %s', async (path) => {
    await using test = await open({ files: { 'index.html': '<h1>', '_astro/a.12345678.js': '1' } });
    const { headers } = await test.ask('GET', path);
    const policy = new Map(
      (headers['content-security-policy'] as string).split('; ').map((one) => one.split(/ (.*)/s) as [string, string]),
    );
    expect(policy.get('default-src')).toBe("'none'");
    expect(policy.get('script-src')).toBe("'self' 'wasm-unsafe-eval'");
    expect(policy.get('connect-src')).toBe("'self' ws://slipway.test");
    expect([policy.get('frame-ancestors'), policy.get('base-uri')]).toEqual(["'none'", "'none'"]);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['permissions-policy']).toContain('camera=()');
    for (const absent of ['server', 'x-powered-by', 'strict-transport-security', 'access-control-allow-origin'])
      expect(headers[absent]).toBeUndefined();
  });

  it('keep browsers on https where the site has it', async () => {
    await using test = await open({
      config: { origins: ['https://slipway.test', ORIGIN.replace('slipway', 'plain')] },
    });
    const { headers } = await test.ask('GET', '/healthz');
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
    expect(headers['content-security-policy']).toContain("connect-src 'self' wss://slipway.test ws://plain.test;");
    const plain = await test.ask('GET', '/healthz', { host: 'plain.test' });
    expect(plain.headers['strict-transport-security']).toBeUndefined();
  });
});

describe('the rate of requests', () => {
  const limits = { sessionRate: { burst: 3, perSecond: 0.5, addresses: 10 } };

  it('is bounded for one address, and the answer says when to come again', async () => {
    let now = 0;
    await using test = await open({ limits, now: () => now });
    const ask = () => test.ask('POST', '/api/session');
    for (let i = 0; i < 3; i++) expect((await ask()).status).toBe(200);
    const reply = await ask();
    expect([reply.status, codeOf(reply), reply.headers['retry-after']]).toEqual([429, 'too-many-requests', '2']);
    expect(test.sessions.claims).toHaveLength(3);
    now += 2_000;
    expect((await ask()).status).toBe(200);
  });

  it('believes X-Forwarded-For only as far as there are proxies of one’s own', async () => {
    await using direct = await open({ limits });
    for (let i = 0; i < 3; i++) await direct.ask('POST', '/api/session', { 'x-forwarded-for': `192.0.2.${i}` });
    expect((await direct.ask('POST', '/api/session', { 'x-forwarded-for': '192.0.2.9' })).status).toBe(429);
    await using behind = await open({ limits, config: { trustProxy: 1 } });
    const ask = (header: string) => behind.ask('POST', '/api/session', { 'x-forwarded-for': header });
    for (let i = 0; i < 3; i++) expect((await ask(`192.0.2.${i}, 198.51.100.1`)).status).toBe(200);
    expect((await ask('192.0.2.9, 198.51.100.1')).status).toBe(429);
    expect((await ask('198.51.100.1, 198.51.100.2')).status).toBe(200);
    // The session room counts by it but cannot read it.
    for (const { address } of behind.sessions.claims) expect(address).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(behind.sessions.claims.map(({ address }) => address)).size).toBe(2);
  });
});

describe('what is hardly HTTP', () => {
  it.each([
    ['nonsense', 'hello there\r\n\r\n', 400],
    ['a header without end', `GET / HTTP/1.1\r\nhost: slipway.test\r\nx: ${'y'.repeat(20_000)}`, 400],
    [
      'two lengths',
      'POST /api/session HTTP/1.1\r\nhost: slipway.test\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n',
      400,
    ],
    [
      'length and chunks',
      'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['no Host', 'GET /api/sandbox HTTP/1.1\r\nconnection: close\r\n\r\n', 400],
    ['a tunnel', 'CONNECT evil.example:443 HTTP/1.1\r\nhost: evil.example\r\n\r\n', 0],
  ])('is refused and does no harm: %s', async (_name, bytes, status) => {
    await using test = await open();
    const answer = await test.raw(bytes);
    expect(answer.slice(0, 12)).toBe(status === 0 ? '' : `HTTP/1.1 ${status}`);
    expect((await test.ask('GET', '/healthz')).status).toBe(200);
  });

  it('is given up when it takes too long to arrive', async () => {
    const headers = 'GET / HTTP/1.1\r\nhost: slipway.test\r\n';
    const body = `POST /api/session HTTP/1.1\r\nhost: slipway.test\r\norigin: ${ORIGIN}\r\ncontent-length: 9\r\n\r\n1`;
    for (const [bytes, limits] of [
      [headers, { headersMs: 100, requestMs: 8_000 }],
      [body, { headersMs: 100, requestMs: 200 }],
    ] as const) {
      await using test = await open({ limits });
      const began = performance.now();
      expect(await test.raw(bytes)).toMatch(/^HTTP\/1.1 408 .*"code":"too-slow"/s);
      expect(performance.now() - began).toBeLessThan(2_000);
    }
  });

  it('is cut off when it stands still, as a reader of a page can too', async () => {
    await using test = await open({ limits: { idleMs: 100 } });
    const began = performance.now();
    expect(await test.raw('')).toBe('');
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('has a bounded number of connections', async () => {
    await using test = await open({ limits: { connections: 2, connectionsPerSession: 0 } });
    const held = [connect(test.gateway.port, '127.0.0.1'), connect(test.gateway.port, '127.0.0.1')];
    await Promise.all(held.map((socket) => once(socket, 'connect')));
    expect(await test.raw('GET /healthz HTTP/1.1\r\nhost: slipway.test\r\n\r\n').catch(() => 'reset')).toMatch(
      /^(reset)?$/,
    );
    held[0]?.destroy();
    await expect
      .poll(() =>
        test.ask('GET', '/healthz').then(
          ({ status }) => status,
          () => 0,
        ),
      )
      .toBe(200);
    held[1]?.destroy();
  });
});
