/** What lies around sessions: a host with a file, a process and servers, and an engine whose network has private addresses. */
import type Docker from 'dockerode';
import type { Container } from 'dockerode';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../../sandbox/engine/exec.ts';
import { newSecrets, type Secrets } from './secrets.ts';

const LABEL = 'slipway.test=isolation-engine';
/** Seconds after which the addresses go by themselves, should a run be killed: far longer than any attempt. */
const LIFETIME = 900;
const METADATA = '169.254.169.254';
const some = (from: number, to: number) => from + Math.floor(Math.random() * (to - from + 1));

export class Surroundings implements AsyncDisposable {
  readonly secrets: Secrets = newSecrets();
  readonly targets: Record<string, string> = {};
  readonly docker: Docker;
  engineId = '';
  readonly #servers: Server[] = [];
  #folder = '';
  #process: ChildProcess | undefined;
  #engine: Container | undefined;
  #addresses: string[] = [];

  private constructor(docker: Docker) {
    this.docker = docker;
  }

  /** @param image with Perl and iproute2, for the engine's own network */
  static async around(docker: Docker, socket: string, image: string): Promise<Surroundings> {
    const it = new Surroundings(docker);
    it.engineId = ((await docker.info()) as { ID: string }).ID;
    await it.#host(socket);
    await it.#network(image);
    return it;
  }

  get processAlive(): boolean {
    return this.#process?.exitCode === null && this.#process.signalCode === null;
  }

  /** Runs a script as root in the engine's own namespaces. */
  async engine(script: string): Promise<string> {
    if (!this.#engine) throw new Error('no container in the engine’s network');
    const { stdout } = await run(this.#engine, ['bash', '-c', script], { user: '0' });
    return stdout.toString();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const server of this.#servers) server.close();
    this.#process?.kill('SIGKILL');
    if (this.#engine) {
      await this.engine(this.#addresses.map((one) => `ip addr del ${one}/32 dev lo`).join('; '));
      await this.#engine.remove({ force: true });
    }
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #host(socket: string): Promise<void> {
    const address = Object.values(networkInterfaces())
      .flat()
      .find((one) => one?.family === 'IPv4' && !one.internal)?.address;
    this.#folder = await mkdtemp(join(tmpdir(), 'slipway-isolation-'));
    await chmod(this.#folder, 0o755);
    const file = join(this.#folder, 'secret');
    await writeFile(file, this.secrets['host-file'], { mode: 0o644 });
    const abstract = `slipway-${this.secrets['host-abstract'].slice(-16)}-host`;
    const port = await this.#serve('host-loopback', { host: '127.0.0.1', port: 0 });
    if (address !== undefined) await this.#serve('host-address', { host: address, port });
    await this.#serve('host-abstract', { path: `\0${abstract}` });
    await this.#spawn(socket);
    Object.assign(this.targets, {
      HOST_FILE: file,
      HOST_SOCKET: socket,
      HOST_ABSTRACT: abstract,
      HOST_PORT: String(port),
      HOST_IP: address ?? '127.0.0.1',
    });
  }

  async #serve(kind: keyof Secrets, where: { host: string; port: number } | { path: string }): Promise<number> {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.resume().end(`${this.secrets[kind]}\n`);
    });
    this.#servers.push(server.listen(where));
    await once(server, 'listening');
    const at = server.address();
    return typeof at === 'object' && at ? at.port : 0;
  }

  /** A process with a name of its own that belongs to the engine's user. */
  async #spawn(socket: string): Promise<void> {
    const program = join(this.#folder, 'canary-host');
    await writeFile(program, '#!/bin/sh\nread -r _\n', { mode: 0o755 });
    const { uid, gid } = await stat(socket);
    this.#process = spawn(program, { stdio: 'pipe', ...(process.getuid?.() === 0 ? { uid, gid } : {}) });
    await once(this.#process, 'spawn');
  }

  /**
   * Gives the engine's own network namespace private addresses with a server behind each: what is sent there by way of the engine arrives
   * there and goes no further. They are taken away only after the last attempt. The metadata service's is one run's at a time.
   */
  async #network(image: string): Promise<void> {
    const others = await this.docker.listContainers({ filters: { label: [LABEL] } });
    const container = await this.docker.createContainer({
      Image: image,
      Entrypoint: ['/bin/sleep'],
      Cmd: ['3600'],
      User: '0',
      Labels: { [LABEL.split('=')[0] ?? '']: LABEL.split('=')[1] ?? '' },
      HostConfig: { NetworkMode: 'host', CapAdd: ['NET_ADMIN'], AutoRemove: true },
    });
    await container.start();
    this.#engine = container;
    this.#addresses = [
      `169.254.${some(1, 160)}.${some(1, 254)}`,
      `10.9.${some(1, 254)}.${some(1, 254)}`,
      `172.16.${some(1, 254)}.${some(1, 254)}`,
      `192.168.255.${some(1, 254)}`,
      `100.127.${some(1, 254)}.${some(1, 254)}`,
      ...(others.length === 0 ? [METADATA] : []),
    ];
    const abstract = `slipway-${this.secrets['engine-abstract'].slice(-16)}-engine`;
    const port = String(some(30_000, 32_000));
    const said = await this.engine(
      `for a in ${this.#addresses.join(' ')}; do ip addr replace $a/32 dev lo valid_lft ${LIFETIME} preferred_lft ${LIFETIME} || exit; done
      echo '${Buffer.from(serverIn(this.secrets, abstract, port)).toString('base64')}' | base64 -d >/tmp/p; setsid perl /tmp/p ${this.#addresses.join(' ')} >/tmp/log 2>&1 &
      for i in $(seq 50); do grep -q served /tmp/log && break; sleep 0.1; done; cat /tmp/log`,
    );
    if (!said.includes('served')) throw new Error(`no server in the engine’s network: ${said}`);
    Object.assign(this.targets, { PRIVATE: this.#addresses.join(' '), ENGINE_ABSTRACT: abstract, ENGINE_PORT: port });
  }
}

const serverIn = (secrets: Secrets, abstract: string, port: string) => String.raw`
use Socket; use IO::Socket::INET; use IO::Select; $| = 1; $SIG{CHLD} = $SIG{PIPE} = "IGNORE"; my %says;
my @all = map { my $s = IO::Socket::INET->new(Listen => 20, LocalAddr => $_, LocalPort => 80, ReuseAddr => 1) or die "$_: $@"; $says{$s} = "${secrets['private-address']} $_"; $s } @ARGV;
socket(my $u, AF_UNIX, SOCK_STREAM, 0); bind($u, pack_sockaddr_un("\0${abstract}")) or die $!; listen($u, 20); $says{$u} = "${secrets['engine-abstract']}";
my $any = IO::Socket::INET->new(Listen => 20, LocalAddr => "0.0.0.0", LocalPort => ${port}) or die $@; $says{$any} = "${secrets['engine-address']}"; push @all, $any;
print "served\n"; my $select = IO::Select->new(@all, $u);
while (1) { for my $s ($select->can_read) { accept(my $c, $s) or next; next if fork; sysread($c, my $b, 10) if $s != $u; syswrite($c, "HTTP/1.0 200 OK\r\n\r\n$says{$s}\n"); exit } }
`;
