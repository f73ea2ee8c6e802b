/** The shortest Node program that does it: a bare `ws` server, each of whose sockets is piped to an exec. A process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import Docker from 'dockerode';
import WebSocket, { createWebSocketStream, WebSocketServer } from 'ws';
import { freePort } from '../../scripts/free-port.ts';
import type { Peer } from '../line.ts';
import { openExec } from './raw-exec.ts';
import { connected, WebSocketLine } from './web-socket.ts';

/** Starts the relay for a session's container. */
export async function relay(address: string, container: string): Promise<Peer & Disposable> {
  const port = await freePort();
  const child = spawn(process.execPath, [import.meta.filename, address, container, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return {
    name: 'bare `ws` relay to an exec',
    open: async () => new WebSocketLine(await connected(`ws://127.0.0.1:${port}`)),
    [Symbol.dispose]: () => void child.kill(),
  };
}

if (process.argv[1] === import.meta.filename) {
  const [address = '', container = '', port] = process.argv.slice(2);
  const docker = new Docker({ socketPath: address.slice('unix://'.length) });
  const server = new WebSocketServer({ host: '127.0.0.1', port: Number(port), perMessageDeflate: false });
  server.on('connection', (socket: WebSocket) => {
    const stream = createWebSocketStream(socket);
    stream.on('error', () => undefined);
    void openExec(docker, container).then((shell) => {
      shell.on('error', () => undefined);
      shell.pipe(stream).pipe(shell);
      stream.once('close', () => shell.destroy());
    });
  });
  server.once('listening', () => console.log('listening'));
}
