/** The same attempts with the walls away: privileged containers of the same rootless engine, which confines them to its own user. */
import type { Container, HostConfig } from 'dockerode';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../../sandbox/engine/exec.ts';
import { missing } from '../../../sandbox/host/images/labels.ts';
import type { Control, Scene } from './probe.ts';
import { setScene } from './scene.ts';
import type { Attacker } from './siege.ts';
import type { Surroundings } from './surroundings.ts';

export class Controls implements AsyncDisposable {
  readonly attackers: (Attacker & { name: Control })[] = [];
  scene!: Scene;
  readonly #around: Surroundings;
  readonly #made: (() => Promise<unknown>)[] = [];

  private constructor(around: Surroundings) {
    this.#around = around;
  }

  /** @param image what all of them run: the sessions' own */
  static async open(around: Surroundings, image: string): Promise<Controls> {
    const it = new Controls(around);
    try {
      await it.#open(image);
      return it;
    } catch (error) {
      await it[Symbol.asyncDispose]();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const undo of this.#made.reverse()) {
      await undo().catch((error: unknown) => {
        if (!missing(error)) throw error;
      });
    }
  }

  async #open(image: string): Promise<void> {
    const { docker } = this.#around;
    const name = `isolation-${Math.random().toString(36).slice(2)}`;
    const network = await docker.createNetwork({ Name: name, Driver: 'bridge' });
    this.#made.push(() => network.remove() as Promise<unknown>);
    const [golden, home] = await Promise.all([
      docker.createVolume({ Name: `${name}-golden` }),
      docker.createVolume({ Name: `${name}-home` }),
    ]);
    this.#made.push(() => Promise.all([golden.remove(), home.remove()]));
    const links = await mkdtemp(join(tmpdir(), 'slipway-links-'));
    this.#made.push(() => rm(links, { recursive: true }));
    await chmod(links, 0o777);
    await this.#answer(join(links, 'gateway.sock'));

    const start = (host: HostConfig) => this.#start(image, { ...host, Privileged: true }, golden.name, links);
    const victim = await start({ NetworkMode: name, IpcMode: 'shareable', Binds: [`${home.name}:/home/reader`] });
    const of = `container:${victim.id}`;
    const beside = await start({ NetworkMode: name });
    const joined = await start({ NetworkMode: of, IpcMode: of, PidMode: of });
    const host = await start({ NetworkMode: 'host', Binds: ['/:/host'] });
    this.scene = await setScene(this.#around, victim, beside, { links: [links, links], gateway: 1, id: 'none' });
    for (const [control, container] of [
      ['beside', beside],
      ['joined', joined],
      ['host', host],
    ] as const)
      this.attackers.push({ name: control, run: (script) => runIn(container, script) });
  }

  /** Stands for the gateway in the folder that is shared with a session. */
  async #answer(path: string): Promise<void> {
    const server: Server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.resume().end();
    });
    server.listen({ path, writableAll: true });
    await once(server, 'listening');
    this.#made.push(() => new Promise((resolve) => server.close(resolve)));
  }

  async #start(image: string, host: HostConfig, golden: string, links: string): Promise<Container> {
    const container = await this.#around.docker.createContainer({
      Image: image,
      Entrypoint: ['/usr/bin/tini', '--'],
      Cmd: ['/bin/sleep', '3600'],
      User: '0',
      HostConfig: {
        ...host,
        AutoRemove: true,
        Binds: [...(host.Binds ?? []), `${links}:/run/slipway:ro`],
        Mounts: [{ Type: 'volume', Source: golden, Target: '/golden', ReadOnly: true }],
      },
    });
    this.#made.push(() => container.remove({ force: true, v: true }));
    await container.start();
    return container;
  }
}

async function runIn(container: Container, script: string): Promise<string> {
  const { stdout } = await run(container, ['bash', '-c', 'cat >/tmp/siege.sh; bash /tmp/siege.sh 2>/dev/null'], {
    input: Buffer.from(script),
    limit: 16 * 1024 * 1024,
  });
  return stdout.toString();
}
