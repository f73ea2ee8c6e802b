/**
 * An outside of a test's own: a network with documentation addresses and a server on it that answers under several names, and another server in
 * the engine's own network namespace, at the host's end of every network.
 */
import type Docker from 'dockerode';
import { namesOf } from '../../sandbox/session/names.ts';

/** Answers every connection: with a greeting, for `/endless` with bytes without end. Says what UDP it hears. Arguments: the UDP port, TCP ports. */
const server = `
use IO::Socket::INET; use IO::Select; $| = 1; $SIG{CHLD} = 'IGNORE'; $SIG{PIPE} = 'IGNORE';
my @all = map { IO::Socket::INET->new(Listen => 32, LocalPort => $_, ReuseAddr => 1) or die $_ } @ARGV[1 .. $#ARGV];
my $names = IO::Socket::INET->new(Proto => 'udp', LocalPort => $ARGV[0]) or die;
my $any = IO::Select->new(@all, $names);
print "up\\n";
while (my @ready = $any->can_read) { for my $one (@ready) {
  if ($one == $names) { $one->recv(my $b, 512); print "heard udp\\n"; $one->send($b); next }
  my $c = $one->accept or next; next if fork;
  my $ask = $one->sockport =~ /^(80|443|8080)$/ ? <$c> // '' : '';
  print $c "HTTP/1.0 200 OK\\r\\n\\r\\n" if $ask;
  if ($ask =~ /endless/) { my $b = 'x' x 65536; 1 while print $c $b and select(undef, undef, undef, 0.005) == 0 }
  else { print $c "greetings from port ", $one->sockport, "\\n" }
  exit;
} }`;

export class Outside implements AsyncDisposable {
  readonly #docker: Docker;
  readonly #name: string;
  address = '';
  /** TCP and UDP port of the server at the host's end. */
  readonly port = 20_000 + Math.floor(10_000 * Math.random());

  private constructor(docker: Docker, name: string) {
    this.#docker = docker;
    this.#name = name;
  }

  /**
   * @param names what the server is called on the network
   * @param inward names it is called on a second network, whose addresses are private
   */
  static async open(docker: Docker, names: string[], inward: string[]): Promise<Outside> {
    const outside = new Outside(docker, `outside-${Math.random().toString(36).slice(2, 10)}`);
    const [net, inner] = [outside.#name, `${outside.#name}-inward`];
    for (let tried = 0; ; tried++) {
      const Subnet = `198.51.100.${16 * Math.floor(16 * Math.random())}/28`;
      const IPAM = { Driver: 'default', Config: [{ Subnet }] };
      const made = docker.createNetwork({ Name: net, Internal: true, IPAM });
      if (
        await made.then(
          () => true,
          (error: unknown) => {
            if (tried > 16) throw error;
          },
        )
      )
        break;
    }
    await docker.createNetwork({ Name: inner, Internal: true });
    const [image] = await docker.listImages({ filters: { label: ['slipway.role=world'] } });
    const running = { Image: image?.Id ?? '', User: '0:0', Entrypoint: ['perl', '-e', server] };
    const container = await docker.createContainer({
      ...running,
      name: net,
      Cmd: ['53', '22', '25', '80', '443', '8080'],
      HostConfig: { NetworkMode: net },
      NetworkingConfig: { EndpointsConfig: { [net]: { Aliases: names } } },
    });
    const port = String(outside.port);
    const host = await docker.createContainer({
      ...running,
      name: `${net}-host`,
      Cmd: [port, port],
      HostConfig: { NetworkMode: 'host' },
    });
    await host.start();
    await docker.getNetwork(inner).connect({ Container: net, EndpointConfig: { Aliases: inward } });
    await container.start();
    const { NetworkSettings } = await container.inspect();
    outside.address = NetworkSettings.Networks[net]?.IPAddress ?? '';
    return outside;
  }

  /** Puts a container on it. */
  async join(container: string): Promise<void> {
    for (const network of [this.#name, `${this.#name}-inward`])
      await this.#docker.getNetwork(network).connect({ Container: container });
  }

  /** How many datagrams have come to the servers. */
  async heard(): Promise<number> {
    const all = [this.#name, `${this.#name}-host`].map((name) =>
      this.#docker.getContainer(name).logs({ stdout: true }),
    );
    return (await Promise.all(all)).join('').split('heard udp').length - 1;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const name of [this.#name, `${this.#name}-host`])
      await this.#docker.getContainer(name).remove({ force: true });
    for (const name of [this.#name, `${this.#name}-inward`]) {
      const network = this.#docker.getNetwork(name);
      const { Containers } = (await network.inspect()) as { Containers?: Record<string, unknown> };
      for (const Container of Object.keys(Containers ?? {})) await network.disconnect({ Container, Force: true });
      await network.remove();
    }
  }
}

/** The host's own address on a session's network. */
export async function hostEnd(docker: Docker, instance: string, session: string): Promise<string> {
  const network = docker.getNetwork(namesOf(instance, session).network);
  const { IPAM } = (await network.inspect()) as { IPAM: { Config: { Gateway: string }[] } };
  return IPAM.Config[0]?.Gateway ?? '';
}
