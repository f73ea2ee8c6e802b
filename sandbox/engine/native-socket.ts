/** A stream of any kind as a socket of the system's. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline, type Duplex } from 'node:stream';

/**
 * Joins a stream to one end of a socket and gives the other. node:http2 needs it: on a stream of JavaScript's it ends the whole process
 * (ERR_INTERNAL_ASSERTION in JSStreamSocket, Node 24.21) when a session is destroyed while the stream takes nothing or is being ended.
 * @param stream ends with the socket, and the socket with it
 * @throws the system's error; the stream is destroyed then
 */
export async function nativeSocket(stream: Duplex): Promise<Socket> {
  // Nobody but this process's user can get to it, and it is gone as soon as it is used.
  const folder = await mkdtemp(join(tmpdir(), 'slipway-'));
  const server = createServer({ allowHalfOpen: true });
  try {
    const path = join(folder, 'socket');
    server.listen(path);
    await once(server, 'listening');
    const near = connect(path);
    for (const one of [near, stream]) one.on('error', () => undefined);
    const [[far]] = (await Promise.all([once(server, 'connection'), once(near, 'connect')])) as [[Socket], unknown];
    const end = () => {
      near.destroy();
      far.destroy();
      stream.destroy();
    };
    // What is still to be written to a stream that takes nothing is not waited for.
    near.once('close', end);
    pipeline(stream, far, stream, end);
    return near;
  } catch (error) {
    stream.destroy();
    throw error;
  } finally {
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}
