/** Sockets without a file, shared memory, queues, keys. */
import { learns, says, type Probe } from '../probe.ts';

export const ipc: Probe[] = [
  {
    name: 'call a neighbour’s abstract socket',
    attempt: 'ask_unix "@$ABSTRACT"',
    evidence: learns('abstract'),
    control: 'joined',
  },
  {
    name: 'call an abstract socket of the host’s',
    attempt: 'ask_unix "@$HOST_ABSTRACT"',
    evidence: learns('host-abstract'),
    control: { none: 'the host’s engine has a network of its own' },
  },
  {
    name: 'call an abstract socket of the engine’s',
    attempt: 'ask_unix "@$ENGINE_ABSTRACT"',
    evidence: learns('engine-abstract'),
    control: 'host',
  },
  {
    name: 'read a neighbour’s System V memory',
    attempt: `perl -e '$i = shmget($ENV{KEY}, 0, 0); defined $i or $i = 0; for ($i, 0 .. 20) { shmread($_, $b, 0, 100) and print "$b\\n" }'`,
    evidence: learns('shm'),
    control: 'joined',
  },
  {
    name: 'read a neighbour’s System V messages',
    // Without waiting (IPC_NOWAIT).
    attempt: `perl -e '$i = msgget($ENV{KEY}, 0); for ($i // 0, 0 .. 5) { msgrcv($_, $b, 200, 0, 04000) and print "$b\\n" }'`,
    evidence: learns('message'),
    control: 'joined',
  },
  {
    name: 'open a neighbour’s message queue',
    attempt: 'ls /dev/mqueue; mkdir q; mount -t mqueue q q; ls q; unshare -Urm sh -c "mount -t mqueue q q; ls q"',
    evidence: learns('mq'),
    control: 'joined',
  },
  {
    name: 'read a neighbour’s shared memory file',
    attempt: 'cat /dev/shm/*; read_everywhere /dev/shm/canary',
    evidence: learns('devshm'),
    control: 'joined',
  },
  {
    name: 'use the kernel’s keyrings',
    numbers: true,
    attempt: 'reach keyctl 250 0 -1 0; reach add_key 248 -1 -1 -1 -1 -1; reach request_key 249 -1 -1 -1 -1',
    evidence: says(/REACHED.*/),
    control: 'beside',
  },
];
