/** Two readers' sessions, and the rights one of them can have: the shell's, their engine's, and those of a container with all there are. */
import type Docker from 'dockerode';
import type { Container } from 'dockerode';
import { run } from '../../../sandbox/engine/exec.ts';
import { linksFolder } from '../../../sandbox/host/links.ts';
import { removeSessions } from '../../../sandbox/host/launch/clean-up.ts';
import { Reader } from '../../../verify/reader.ts';
import { Gateway } from '../../support/gateway.ts';
import type { Scene } from './probe.ts';
import { setScene } from './scene.ts';
import type { Attacker } from './siege.ts';
import type { Surroundings } from './surroundings.ts';

/** All that a reader's engine can give a container; `--privileged` cannot start there, for it mounts sysfs. */
const RIGHTS =
  '--pid=host --net=host --ipc=host --uts=host --cap-add=ALL --security-opt seccomp=unconfined --security-opt systempaths=unconfined -v /:/host';
const SCRIPT = '/tmp/siege.sh';

export class Sessions implements AsyncDisposable {
  readonly attackers: Attacker[];
  readonly scene: Scene;
  readonly #gateway: Gateway;
  readonly #readers: readonly Reader[];
  readonly #docker: Docker;

  private constructor(
    gateway: Gateway,
    readers: readonly Reader[],
    docker: Docker,
    scene: Scene,
    attackers: Attacker[],
  ) {
    this.#gateway = gateway;
    this.#readers = readers;
    this.#docker = docker;
    this.scene = scene;
    this.attackers = attackers;
  }

  static async open(around: Surroundings): Promise<Sessions> {
    const { docker } = around;
    const gateway = await Gateway.start();
    const readers = [new Reader(gateway.origin), new Reader(gateway.origin)] as const;
    for (const reader of readers) await reader.connect();
    await Promise.all(readers.map((reader) => reader.engineReady(60_000)));
    const [attacker, victim] = await Promise.all(readers.map(({ session }) => containerOf(docker, session)));
    if (!attacker || !victim) throw new Error('a session has no container');
    const links = linksFolder(process.env['DOCKER_HOST'] ?? '', gateway.instance) ?? '';
    const scene = await setScene(around, victim, attacker, {
      links: [`${links}/${readers[0].session}`, `${links}/${readers[1].session}`],
      gateway: gateway.port,
      id: readers[1].session,
    });
    const as = (name: string, command: string): Attacker => ({
      name,
      run: (script) => typed(readers[0], attacker, command, script),
    });
    return new Sessions(gateway, readers, docker, scene, [
      as('shell', `bash ${SCRIPT}`),
      as('own root', `nsenter --preserve-credentials -t $(pgrep -o -x dockerd) -U -m -n -p bash ${SCRIPT}`),
      as('container', `docker run --rm -i ${RIGHTS} -v ${SCRIPT}:${SCRIPT} debian:trixie-slim bash ${SCRIPT}`),
    ]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const reader of this.#readers) await reader[Symbol.asyncDispose]();
    await this.#gateway[Symbol.asyncDispose]();
    await removeSessions(this.#docker, this.#gateway.instance);
  }
}

async function containerOf(docker: Docker, session: string): Promise<Container> {
  const [container] = await docker.listContainers({ filters: { label: [`slipway.session=${session}`] } });
  return docker.getContainer(container?.Id ?? '');
}

/** Has the reader's own shell run a command; the script it runs, and what that prints, go by files. */
async function typed(reader: Reader, container: Container, command: string, script: string): Promise<string> {
  await run(container, ['bash', '-c', `cat >${SCRIPT}`], { input: Buffer.from(script) });
  const { text } = await reader.run(`${command} >/tmp/siege.out 2>/tmp/siege.err`, 120_000);
  const { stdout } = await run(container, ['cat', '/tmp/siege.out'], { limit: 16 * 1024 * 1024 });
  const { stdout: errors } = await run(container, ['tail', '-c', '2000', '/tmp/siege.err']);
  return `${stdout.toString()}\n${text ? '' : ''}${stdout.length === 0 ? errors.toString('hex') : ''}`;
}
