/** A stream of any kind as a socket of the system's. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline, type Duplex } from 'node:stream';

/**
 * Joins a stream to one end of a socket and gives the other. node:http2 needs it: on a stream of JavaScript's it ends the whole process
 * (ERR_INTERNAL_ASSERTION in JSStreamSocket, Node 24.21) when a session is destroyed while the stream takes nothing or is being ended.
 * @param stream ends with the socket, and the socket with it; its errors are taken from now on, also while the socket is being made
 * @throws the system's error, or that the stream is destroyed; the stream is destroyed then
 */
export async function nativeSocket(stream: Duplex): Promise<Socket> {
  const near = new Socket();
  const ends: Duplex[] = [stream, near];
  const end = () => {
    for (const one of ends) one.destroy();
  };
  for (const one of ends) one.on('error', () => undefined);
  await using after = new AsyncDisposableStack();
  try {
    // Nobody but this process's user can get to it, and it is gone as soon as it is used.
    const folder = await mkdtemp(join(tmpdir(), 'slipway-'));
    after.defer(() => rm(folder, { recursive: true, force: true }));
    const server = after.adopt(createServer({ allowHalfOpen: true }), (made) => void made.close());
    const path = join(folder, 'socket');
    server.listen(path);
    await once(server, 'listening');
    near.connect(path);
    const [[far]] = (await Promise.all([once(server, 'connection'), once(near, 'connect')])) as [[Socket], unknown];
    ends.push(far);
    // What is still to be written to a stream that takes nothing is not waited for.
    near.once('close', end);
    pipeline(stream, far, stream, end);
    return near;
  } catch (error) {
    end();
    throw error;
  }
}
