import { once } from 'node:events';
import { connect, createServer } from 'node:http2';
import { connect as dial, type AddressInfo } from 'node:net';
import { Duplex } from 'node:stream';
import { expect, test } from 'vitest';
import { nativeSocket } from './native-socket.ts';

test('a session of HTTP/2 is destroyed while the other end takes nothing, and the stream ends with it', async () => {
  const stream = new Duplex({ read: () => undefined, write: () => undefined });
  const socket = await nativeSocket(stream);
  const session = connect('http://engine', { createConnection: () => socket });
  session.on('error', () => undefined);
  const call = session.request({ ':path': '/' });
  call.on('error', () => undefined);
  await once(session, 'connect');
  session.destroy();
  await once(stream, 'close');
  expect(socket.destroyed).toBe(true);
});

test('a session of HTTP/2 is destroyed while its stream is ending', async () => {
  const stream = new Duplex({
    read: () => undefined,
    write: (_bytes, _encoding, done) => done(),
    // Never done: the other end keeps it waiting.
    final: () => undefined,
  });
  const socket = await nativeSocket(stream);
  const session = connect('http://engine', { createConnection: () => socket });
  session.on('error', () => undefined);
  await once(session, 'connect');
  const ended = once(socket, 'end');
  stream.push(null);
  await ended;
  session.destroy();
  await once(stream, 'close');
});

test('bytes go both ways, and the end of the stream is the end of the socket', async () => {
  const sent: string[] = [];
  const stream = new Duplex({
    read: () => undefined,
    write: (bytes: Buffer, _encoding, done) => {
      sent.push(bytes.toString());
      stream.push('answer');
      stream.push(null);
      done();
    },
  });
  const socket = await nativeSocket(stream);
  socket.write('question');
  expect(String(await once(socket, 'data'))).toBe('answer');
  expect(sent).toEqual(['question']);
  socket.resume();
  await once(socket, 'close');
});

test('what the other end says before there is a session is heard by it', async () => {
  await using server = createServer((_request, answer) => answer.end('answer'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stream = dial((server.address() as AddressInfo).port);
  // Its settings, unasked.
  await once(stream, 'readable');
  const socket = await nativeSocket(stream);
  if (socket.readableLength === 0) await once(socket, 'readable');
  const session = connect('http://engine', { createConnection: () => socket });
  const call = session.request({ ':path': '/' });
  expect(String(await once(call, 'data'))).toBe('answer');
  session.destroy();
  await once(stream, 'close');
});

test('a stream that breaks while its socket is being made ends nothing else', async () => {
  const stream = new Duplex({ read: () => undefined, write: () => undefined });
  const made = nativeSocket(stream);
  stream.destroy(new Error('the connection broke'));
  await expect(made).rejects.toThrow(/destroyed/);
});

test('a stream that breaks once its socket is made ends the socket', async () => {
  const stream = new Duplex({ read: () => undefined, write: () => undefined });
  const socket = await nativeSocket(stream);
  stream.destroy(new Error('the connection broke'));
  await once(socket, 'close');
});
