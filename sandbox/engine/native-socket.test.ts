import { once } from 'node:events';
import { connect } from 'node:http2';
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
