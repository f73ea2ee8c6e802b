/** The site's files over a real port: what is served, how it is kept by browsers, and that nothing else can be had. */
import { describe, expect, it } from 'vitest';
import { Shell } from '../terminal/shell.ts';
import { TestGateway } from './fixture.testing.ts';

const files = {
  'index.html': '<h1>Slipway',
  '404.html': '<h1>Not here',
  'lessons/about/index.html': '<h1>About',
  'lessons/about/index.html.br': 'brotli page',
  'lessons/plain/index.html': '<h1>Plain',
  '_astro/page.D3adB33f.js': 'export {}',
  '_astro/page.D3adB33f.js.br': 'brotli copy',
  '_astro/page.D3adB33f.js.gz': 'gzip copy',
  'favicon.svg': '<svg/>',
  'pagefind/pagefind.js': '1',
  '.env': 'SECRET=dotfile',
  '.git/config': 'SECRET=dotfile',
  'lessons/.hidden/index.html': 'SECRET=dotfile',
  '../outside.txt': 'SECRET=outside',
  '../site-other/index.html': 'SECRET=sibling',
};
const open = () => TestGateway.open({ makeShell: (stream, listener) => new Shell(stream, listener), files });

describe('the site', () => {
  it.each([
    ['/', '<h1>Slipway', 'text/html; charset=utf-8', 'no-cache'],
    ['/lessons/about/', '<h1>About', 'text/html; charset=utf-8', 'no-cache'],
    [
      '/_astro/page.D3adB33f.js',
      'export {}',
      'application/javascript; charset=utf-8',
      'public, max-age=31536000, immutable',
    ],
    ['/favicon.svg', '<svg/>', 'image/svg+xml', 'no-cache'],
    ['/pagefind/pagefind.js?v=1', '1', 'application/javascript; charset=utf-8', 'no-cache'],
  ])('serves %s', async (path, body, type, cache) => {
    await using test = await open();
    const reply = await test.ask('GET', path, { origin: undefined });
    expect(reply).toMatchObject({ status: 200, body, headers: { 'content-type': type, 'cache-control': cache } });
    const head = await test.ask('HEAD', path);
    expect(head).toMatchObject({
      status: 200,
      body: '',
      headers: { 'content-length': String(body.length), 'content-type': type },
    });
  });

  it.each([
    ['br, gzip', 'brotli copy', 'br'],
    ['gzip', 'gzip copy', 'gzip'],
    ['identity', 'export {}', undefined],
  ])('gives the copy made for whoever accepts %s', async (accepted, body, encoding) => {
    await using test = await open();
    const reply = await test.ask('GET', '/_astro/page.D3adB33f.js', { 'accept-encoding': accepted });
    expect(reply).toMatchObject({ status: 200, body });
    expect(reply.headers).toMatchObject({
      'content-type': 'application/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: expect.stringMatching(/accept-encoding/i) as string,
    });
    expect(reply.headers['content-encoding']).toBe(encoding);
  });

  it.each([
    ['/lessons/about/', 'brotli page', 'br'],
    ['/lessons/plain/', '<h1>Plain', undefined],
    ['/', '<h1>Slipway', undefined],
  ])('finds the page %s for whoever accepts br', async (path, body, encoding) => {
    await using test = await open();
    const reply = await test.ask('GET', path, { 'accept-encoding': 'gzip, deflate, br, zstd' });
    expect(reply).toMatchObject({ status: 200, body, headers: { 'content-type': 'text/html; charset=utf-8' } });
    expect(reply.headers['content-encoding']).toBe(encoding);
  });

  it('answers shortly when the browser has it already', async () => {
    await using test = await open();
    const { headers } = await test.ask('GET', '/');
    const again = await test.ask('GET', '/', { 'if-none-match': headers.etag });
    expect([again.status, again.body]).toEqual([304, '']);
  });

  it('adds the slash that a page’s address ends with', async () => {
    await using test = await open();
    const reply = await test.ask('GET', '/lessons/about?from=map');
    expect([reply.status, reply.headers.location]).toEqual([301, '/lessons/about/?from=map']);
  });

  it.each(['/nothing', '/lessons/', '/lessons/nothing/', '/_astro/', '/%ff', '/%00', '/a%2fb', '//evil.example/..'])(
    'has its own page for %s',
    async (path) => {
      await using test = await open();
      const reply = await test.ask('GET', path);
      if (reply.headers['content-type']?.includes('json')) expect(reply.status).toBe(400);
      else expect(reply).toMatchObject({ status: 404, body: '<h1>Not here', headers: { 'cache-control': 'no-cache' } });
      expect(reply.headers.location).toBeUndefined();
    },
  );

  it('does without that page, and without any site', async () => {
    await using test = await TestGateway.open({ makeShell: (stream, listener) => new Shell(stream, listener) });
    const reply = await test.ask('GET', '/');
    expect([reply.status, reply.headers['content-type']]).toEqual([404, 'text/plain; charset=utf-8']);
    expect((await test.ask('GET', '/healthz')).status).toBe(200);
  });

  it('does nothing but show', async () => {
    await using test = await open();
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])
      expect((await test.ask(method, '/index.html')).status).toBe(404);
  });
});

describe('nothing else can be had', () => {
  it.each([
    '/../outside.txt',
    '/lessons/../../outside.txt',
    '/%2e%2e/outside.txt',
    '/%2e%2e%2foutside.txt',
    '/..%2foutside.txt',
    '/..%5coutside.txt',
    '/..\\outside.txt',
    '/%252e%252e/outside.txt',
    '/lessons/%2e%2e/%2e%2e/outside.txt',
    '/....//outside.txt',
    '/..;/outside.txt',
    '/../site-other/',
    '/%2e%2e/site-other/index.html',
    '//outside.txt',
    '/./../outside.txt',
    '/../../../../../../../../etc/passwd',
    '//etc/passwd',
    '/file:///etc/passwd',
    '/index.html%00.txt',
    '/.env',
    '/%2eenv',
    '/.git/config',
    '/lessons/.hidden/',
    '/lessons/%2ehidden/index.html',
  ])('by %s', async (path) => {
    await using test = await open();
    const answer = await test.raw(`GET ${path} HTTP/1.1\r\nhost: slipway.test\r\nconnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 (404|400) /);
    expect(answer).not.toMatch(/SECRET|root:/);
    expect((await test.ask('GET', '/')).status).toBe(200);
  });

  it('by a whole address in the request line', async () => {
    await using test = await open();
    const answer = await test.raw(
      'GET http://slipway.test/../outside.txt HTTP/1.1\r\nhost: slipway.test\r\nconnection: close\r\n\r\n',
    );
    expect(answer).not.toContain('SECRET');
  });
});
