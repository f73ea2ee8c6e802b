/** The floor every figure is compared with: bash on a raw, hijacked `docker exec -it` stream of the host's engine. */
import type { Duplex } from 'node:stream';
import type Docker from 'dockerode';

export class RawExec implements Disposable {
  readonly stream: Duplex;
  #tail = '';
  #waiters: { pattern: RegExp; resolve: () => void }[] = [];

  private constructor(stream: Duplex) {
    this.stream = stream;
    stream.on('data', (chunk: Buffer) => {
      this.#tail = (this.#tail + chunk.toString('latin1')).slice(-65_536);
      this.#waiters = this.#waiters.filter(({ pattern, resolve }) => {
        if (!pattern.test(this.#tail)) return true;
        resolve();
        return false;
      });
    });
  }

  /** Starts a login shell in a session's container. */
  static async open(docker: Docker, container: string): Promise<RawExec> {
    const exec = await docker.getContainer(container).exec({
      Cmd: ['bash', '-l'],
      Env: ['TERM=xterm-256color'],
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
      Tty: true,
    });
    return new RawExec(await exec.start({ hijack: true, stdin: true, Tty: true }));
  }

  clear(): void {
    this.#tail = '';
  }

  type(text: string): void {
    this.stream.write(text);
  }

  async until(pattern: RegExp): Promise<void> {
    if (pattern.test(this.#tail)) return;
    await new Promise<void>((resolve) => this.#waiters.push({ pattern, resolve }));
  }

  [Symbol.dispose](): void {
    this.stream.destroy();
  }
}
