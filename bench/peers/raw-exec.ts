/** The floor: bash on a raw, hijacked `docker exec -it` stream of the host's engine, without anything between. */
import type { Duplex } from 'node:stream';
import type Docker from 'dockerode';
import { Line, type Peer } from '../line.ts';

class RawLine extends Line {
  readonly #stream: Duplex;

  constructor(stream: Duplex) {
    super();
    this.#stream = stream;
    stream.on('data', (chunk: Buffer) => {
      stream.pause();
      this.take(chunk, () => stream.resume());
    });
  }

  type(text: string): void {
    this.#stream.write(text);
  }

  close(): void {
    this.#stream.destroy();
  }
}

/** A login shell of its own in a session's container, as a hijacked stream. */
export async function openExec(docker: Docker, container: string): Promise<Duplex> {
  const exec = await docker.getContainer(container).exec({
    Cmd: ['bash', '-l'],
    Env: ['TERM=xterm-256color'],
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    Tty: true,
  });
  return exec.start({ hijack: true, stdin: true, Tty: true });
}

/** Starts a login shell in a session's container for every connection. */
export function rawExec(docker: Docker, container: string): Peer {
  return { name: 'raw `docker exec` stream', open: async () => new RawLine(await openExec(docker, container)) };
}
