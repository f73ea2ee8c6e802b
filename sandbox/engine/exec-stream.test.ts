import { createServer, connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { ExecStream } from './exec-stream.ts';

const open: Disposable[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one[Symbol.dispose]();
});

/** A real connection; `far` is Docker's end of it. */
async function pair(): Promise<{ stream: ExecStream; far: Socket }> {
  const server = createServer({ allowHalfOpen: true });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const near = connect({ port: address.port, host: '127.0.0.1', allowHalfOpen: true });
  const [far] = (await once(server, 'connection')) as [Socket];
  far.on('error', () => undefined);
  const stream = new ExecStream(near);
  open.push({
    [Symbol.dispose]: () => {
      stream.destroy();
      far.destroy();
      server.close();
    },
  });
  return { stream, far };
}

function header(stream: number, length: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt8(stream, 0);
  bytes.writeUInt32BE(length, 4);
  return bytes;
}

test('output comes unframed, standard error is kept apart, and the end is the end', async () => {
  const { stream, far } = await pair();
  far.end(
    Buffer.concat([header(1, 2), Buffer.from('ab'), header(2, 4), Buffer.from('oops'), header(1, 1), Buffer.from('c')]),
  );
  const pieces: Buffer[] = [];
  for await (const piece of stream as AsyncIterable<Buffer>) pieces.push(piece);
  expect(Buffer.concat(pieces).toString()).toBe('abc');
  expect(stream.stderr).toBe('oops');
});

test('a connection that breaks within a frame is an error, not an end', async () => {
  const { stream, far } = await pair();
  far.end(Buffer.concat([header(1, 100), Buffer.from('ab')]));
  await expect(async () => {
    for await (const piece of stream) expect(String(piece)).toBe('ab');
  }).rejects.toThrow(/broke/);
});

test('a reader that stops reading stops the sender', async () => {
  const { stream, far } = await pair();
  const piece = Buffer.concat([header(1, 65_528), Buffer.alloc(65_528)]);
  let sent = 0;
  const send = () => {
    while (sent < 64 * 1024 * 1024 && far.write(piece)) sent += piece.length;
  };
  far.on('drain', send);
  send();
  stream.once('readable', () => undefined);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const stuck = sent;
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(sent).toBe(stuck);
  expect(sent).toBeLessThan(32 * 1024 * 1024);
  expect(stream.readableLength).toBeLessThan(512 * 1024);
  stream.resume();
  await expect.poll(() => sent).toBeGreaterThanOrEqual(64 * 1024 * 1024);
});

test('a process that does not read its input stops the writer', async () => {
  const { stream, far } = await pair();
  far.pause();
  let written = 0;
  while (written < 64 * 1024 * 1024 && stream.write(Buffer.alloc(65_536))) written += 65_536;
  expect(written).toBeLessThan(64 * 1024 * 1024);
  far.resume();
  await once(stream, 'drain');
});

test('ending it ends the input and still gives what the process answers', async () => {
  const { stream, far } = await pair();
  stream.end('question');
  const asked: Buffer[] = [];
  for await (const piece of far as AsyncIterable<Buffer>) asked.push(piece);
  expect(Buffer.concat(asked).toString()).toBe('question');
  far.end(Buffer.concat([header(1, 6), Buffer.from('answer')]));
  const [answer] = (await once(stream, 'data')) as [Buffer];
  expect(answer.toString()).toBe('answer');
});

test('destroying it closes the connection', async () => {
  const { stream, far } = await pair();
  far.resume();
  stream.destroy();
  await once(far, 'end');
  expect(stream.destroyed).toBe(true);
});

test('bytes that are not framed destroy it', async () => {
  const { stream, far } = await pair();
  far.write('HTTP/1.1 500 Internal Server Error\r\n');
  const [error] = (await once(stream, 'error')) as [Error];
  expect(error.message).toMatch(/no stream/);
});
