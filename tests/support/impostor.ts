/** A program in the place of a reader's engine: the engine is the reader's own process, so it may be any. */
import { engineView, type EngineView } from '../../sandbox/engine/view.ts';
import type { Own } from './own.ts';

/** The view of the engine in the reader's session, as the gateway has it. */
export async function viewOf(own: Own): Promise<EngineView> {
  return engineView(await containerOf(own));
}

/** The container of the reader's session on the host. */
export async function containerOf(own: Own) {
  const filters = { label: [`slipway.session=${own.reader.session}`] };
  const [container] = await own.docker.listContainers({ filters });
  return own.docker.getContainer(container?.Id ?? '');
}

/** Runs a script as the reader, whatever quotes it has. @returns its exit code */
export async function script(own: Own, text: string): Promise<number> {
  const encoded = Buffer.from(text).toString('base64');
  return (await own.reader.run(`echo ${encoded} | base64 -d >/tmp/script && bash /tmp/script`, 120_000)).code;
}

/** The head of an answer in JSON, as Perl. */
export const HEAD = String.raw`print "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\n\r\n";`;

/**
 * Puts a program in the engine's place. The connection is a global of it: a sub with a name would keep the first value of a variable made
 * in the loop, and read from another connection than it writes to.
 * @param perl answers one request to $p, on standard output; the connection is $c
 * @throws Error when it does not start
 */
export async function impostor(own: Own, perl: string): Promise<void> {
  const program = String.raw`use IO::Socket::UNIX; $SIG{CHLD} = "IGNORE"; my $path = "$ENV{XDG_RUNTIME_DIR}/slipway/observe.sock"; unlink $path;
    my $s = IO::Socket::UNIX->new(Local => $path, Listen => 50) or die;
    our $c;
    while ($c = $s->accept) {
      if (fork) { close $c; next }
      while (1) { my $p; while (<$c>) { $p = $1 if /^[A-Z]+ (\S+)/; last if /^\r?$/ } exit unless $p; select $c; $| = 1; ${perl} }
    }`;
  const code = await script(
    own,
    `run=$XDG_RUNTIME_DIR
    [ ! -e /tmp/impostor ] || kill $(cat /tmp/impostor)
    pkill -STOP -x door; pkill -x dockerd; while pgrep -x dockerd >/dev/null; do sleep 0.1; done
    echo ${Buffer.from(program).toString('base64')} | base64 -d >/tmp/impostor.pl; rm -f $run/slipway/observe.sock
    setsid perl /tmp/impostor.pl </dev/null >/dev/null 2>&1 & echo $! >/tmp/impostor
    until [ -S $run/slipway/observe.sock ]; do sleep 0.05; done; echo ready >>$run/slipway/engine.states; touch $run/slipway/engine.ready`,
  );
  if (code !== 0) throw new Error(`the program could not take the engine's place: ${code}`);
}
