/** The network around: neighbours, the host, the gateway, private addresses. */
import { learns, says, type Probe } from '../probe.ts';

/** Who may be the host's loopback: a session's own, and the addresses slirp4netns gives it. */
const LOOPBACKS =
  '127.0.0.1 10.0.2.2 10.0.2.3 $(ip route 2>/dev/null | sed -n "s/^default via \\([0-9.]*\\).*/\\1/p") host.docker.internal';

export const network: Probe[] = [
  { name: 'call a neighbour’s server', attempt: 'ask $B_IP $PORT', evidence: learns('tcp'), control: 'beside' },
  {
    name: 'send a neighbour a datagram',
    attempt: `perl -MIO::Socket::INET -e '$s = IO::Socket::INET->new(Proto => "udp", PeerAddr => "$ENV{B_IP}:$ENV{PORT}"); $s->send("hello"); $SIG{ALRM} = sub { exit 1 }; alarm 2; $s->recv($b, 200); print $b'`,
    evidence: learns('udp'),
    control: 'beside',
  },
  {
    name: 'find a neighbour by name',
    attempt: 'for n in $B_NAME $B_CONTAINER; do getent hosts $n && echo FOUND $n; done',
    evidence: says(/FOUND/),
    control: 'beside',
  },
  {
    name: 'call what listens on the host’s loopback',
    attempt: `for a in ${LOOPBACKS}; do ask $a $HOST_PORT & done; wait`,
    evidence: learns('host-loopback'),
    control: { none: 'slirp4netns keeps the loopback from the whole engine' },
  },
  {
    name: 'call the gateway on its loopback',
    attempt: `for a in ${LOOPBACKS} $HOST_IP; do ask $a $GATEWAY_PORT & done; wait`,
    evidence: { judge: (output) => /HTTP\/1\.1.*/.exec(output)?.[0] },
    control: { none: 'slirp4netns keeps the loopback from the whole engine' },
  },
  {
    name: 'call a server on another address of the host’s',
    attempt: 'ask $HOST_IP $HOST_PORT',
    evidence: learns('host-address'),
    control: 'beside',
  },
  {
    name: 'call private and metadata addresses',
    attempt: 'for a in $PRIVATE; do ask $a 80 & done; wait',
    evidence: learns('private-address'),
    control: 'beside',
  },
  {
    name: 'call others as if they were on my own cable',
    attempt:
      'ask_bound $B_IP $PORT & ask_bound $HOST_IP $HOST_PORT & for a in $PRIVATE; do ask_bound $a 80 & done; wait',
    evidence: {
      judge: (output, scene) =>
        (['private-address', 'host-address', 'tcp'] as const).find((kind) => output.includes(scene.secrets[kind])),
    },
    control: 'beside',
  },
  {
    name: 'call what listens in the engine’s own network',
    attempt: 'for a in $GATEWAYS 10.0.2.100; do ask $a $ENGINE_PORT & ask_bound $a $ENGINE_PORT & done; wait',
    evidence: learns('engine-address'),
    control: 'beside',
  },
  {
    name: 'call private and metadata addresses through the proxy',
    attempt: `p=\${http_proxy:-$HTTP_PROXY}; p=\${p#http://}; p=\${p%/}; [ -n "$p" ] || { echo no proxy; exit; }
      for a in $PRIVATE $HOST_IP:$HOST_PORT $B_IP:$PORT 127.0.0.1:$HOST_PORT; do perl -MIO::Socket::INET -e '$s = IO::Socket::INET->new(PeerAddr => shift, Timeout => 2) or exit 1;
        print $s "GET http://$ARGV[0]/ HTTP/1.0\\r\\n\\r\\n"; $s->flush; $SIG{ALRM} = sub { exit 1 }; alarm 4; print while <$s>' $p $a & done; wait`,
    evidence: {
      judge: (output, scene) =>
        (['private-address', 'host-address', 'host-loopback', 'tcp'] as const).find((kind) =>
          output.includes(scene.secrets[kind]),
        ),
    },
    control: { none: 'the controls have no proxy' },
  },
];
