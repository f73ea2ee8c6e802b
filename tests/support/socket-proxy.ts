/** A Docker host that can go away and come back: a Unix socket of the test's own that leads to the real one while it is up. */
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export class SocketProxy implements AsyncDisposable {
  readonly #folder: string;
  readonly #target: string;
  readonly #open = new Set<Socket>();
  #server: Server | undefined;

  private constructor(folder: string, target: string) {
    this.#folder = folder;
    this.#target = target;
  }

  /** @param target the real host's address, unix:///path. The proxy is down until `up`. */
  static async to(target: string): Promise<SocketProxy> {
    const folder = await mkdtemp(join(tmpdir(), 'slipway-host-'));
    // The gateway puts its sessions' links beside the socket, and the host's own user has to find them.
    await chmod(folder, 0o711);
    return new SocketProxy(folder, target.replace(/^unix:\/\//, ''));
  }

  /** For DOCKER_HOST. */
  get address(): string {
    return `unix://${this.#path}`;
  }

  async up(): Promise<void> {
    const server = createServer({ allowHalfOpen: true }, (near) => {
      const far = connect({ path: this.#target, allowHalfOpen: true });
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#open.add(one);
        one.on('error', () => other.destroy()).on('close', () => this.#open.delete(one));
        one.pipe(other);
      }
    });
    this.#server = server.listen(this.#path);
    await once(server, 'listening');
  }

  /** Every connection breaks, and no new one is taken. */
  async down(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    server.close();
    for (const socket of this.#open) socket.destroy();
    await once(server, 'close');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.down();
    await rm(this.#folder, { recursive: true });
  }

  get #path(): string {
    return join(this.#folder, 'docker.sock');
  }
}
