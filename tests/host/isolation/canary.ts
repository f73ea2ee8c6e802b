/** What a victim has that nobody else may see: secrets in every place a process can keep one. */
import type { Container } from 'dockerode';
import { randomBytes } from 'node:crypto';
import { run } from '../../../sandbox/engine/exec.ts';
import type { Secrets } from './secrets.ts';

/** Where the victim's servers and queues are found, and its process's name (of at most fifteen letters). */
export type Places = { NAME: string; PORT: string; KEY: string; ABSTRACT: string; BINFMT: string };

export const newPlaces = (): Places => ({
  NAME: `canary-${randomBytes(4).toString('hex')}`,
  PORT: String(20_000 + Math.floor(Math.random() * 10_000)),
  KEY: String(1 + Math.floor(Math.random() * 2 ** 30)),
  ABSTRACT: `canary-${randomBytes(8).toString('hex')}`,
  BINFMT: `slipway${randomBytes(8).toString('hex')}`,
});

/** A Perl program that keeps the secrets and serves them until it is killed; it says `laid` when all is in place. */
function program(secrets: Secrets, { NAME, PORT, KEY, ABSTRACT, BINFMT }: Places): string {
  return String.raw`
use strict; use Socket; use IO::Socket::INET; use IO::Select;
my $home = $ENV{HOME};
sub put { open my $f, ">", $_[0] or die "$_[0]: $!"; print $f "$_[1]\n"; close $f }
put("$home/secret", "${secrets.home}"); put("$home/signals", 0); put("/dev/shm/canary", "${secrets.devshm}");
put("$home/handled", "${BINFMT}"); chmod 0755, "$home/handled";
my $shm = shmget(${KEY}, 200, 01666) // die "shmget: $!"; shmwrite($shm, "${secrets.shm}", 0, 200) or die "shmwrite: $!";
my $queue = msgget(${KEY}, 01666) // die "msgget: $!"; msgsnd($queue, pack("l! a*", 1, "${secrets.message}"), 0) or die "msgsnd: $!" for 1 .. 20;
syscall(240, my $mq = "${secrets.mq}", 0102, 0666, 0) >= 0 or die "mq_open: $!" if $^O eq "linux" && qx(uname -m) =~ /x86_64/;
my $tcp = IO::Socket::INET->new(Listen => 20, LocalAddr => "0.0.0.0", LocalPort => ${PORT}, ReuseAddr => 1) or die "tcp: $!";
my $udp = IO::Socket::INET->new(Proto => "udp", LocalAddr => "0.0.0.0", LocalPort => ${PORT}) or die "udp: $!";
sub unix { socket(my $s, AF_UNIX, SOCK_STREAM, 0); bind($s, pack_sockaddr_un($_[0])) or die "$_[0]: $!"; listen($s, 20); $s }
my $path = "$ENV{XDG_RUNTIME_DIR}/canary.sock"; unlink $path;
my %says = ($tcp => "${secrets.tcp}", my $abstract = unix("\0${ABSTRACT}") => "${secrets.abstract}", my $file = unix($path) => "${secrets.socket}");
unless (fork) { $ENV{CANARY} = "${secrets.environment}"; exec { "/bin/sleep" } "canary ${secrets.argv}", 3600 }
my $signals = 0; $SIG{WINCH} = sub { put("$home/signals", ++$signals) }; $SIG{PIPE} = "IGNORE";
our $memory = "${secrets.memory}";
$0 = "${NAME}";
open STDOUT, ">", "/dev/null"; open STDERR, ">", "/dev/null"; put("$home/laid", 1);
my $all = IO::Select->new($tcp, $udp, $abstract, $file);
while (1) { for my $s ($all->can_read) {
  if ($s == $udp) { defined(my $from = recv($udp, my $b, 100, 0)) or next; send($udp, "${secrets.udp}", 0, $from); next }
  accept(my $c, $s) or next; syswrite($c, "$says{$s}\n"); shutdown($c, 1);
} }
`;
}

/** Lays the secrets in a container, as its own user. @throws Error when one could not be laid */
export async function lay(container: Container, secrets: Secrets, places: Places): Promise<void> {
  const script =
    'cd; rm -f laid; echo "$0" | base64 -d | setsid perl - >canary.log 2>&1 & cd; for i in $(seq 100); do [ -e laid ] && exit; [ -s canary.log ] && break; sleep 0.1; done; cat canary.log; exit 1';
  const text = Buffer.from(program(secrets, places)).toString('base64');
  const { code, stdout, stderr } = await run(container, ['bash', '-c', script, text]);
  if (code !== 0) throw new Error(`the canary did not start: ${stdout.toString()}${stderr}`);
}
