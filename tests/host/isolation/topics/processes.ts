/** Other people's processes. */
import { changes, learns, type Probe } from '../probe.ts';

const everyProcess = '/proc/[0-9]*';

export const processes: Probe[] = [
  {
    name: 'see a neighbour’s process',
    attempt: `cat ${everyProcess}/cmdline 2>/dev/null | tr '\\0' '\\n' | grep -a ^canary`,
    evidence: learns('argv'),
    control: 'joined',
  },
  {
    name: 'read a neighbour’s environment',
    attempt: `cat ${everyProcess}/environ 2>/dev/null | tr '\\0' '\\n' | grep -a ^CANARY=`,
    evidence: learns('environment'),
    control: 'joined',
  },
  {
    name: 'read a neighbour’s memory',
    attempt: String.raw`for p in $(named $NAME) $B_PID; do perl -e '$p = shift; open $m, "<", "/proc/$p/maps"; open $h, "<", "/proc/$p/mem" or exit;
      while (<$m>) { /^(\w+)-(\w+) rw/ or next; sysseek $h, hex $1, 0; sysread $h, $b, hex($2) - hex $1 or next; print "$1\n" while $b =~ /(memory-[0-9a-f]{32})/g }' $p; done`,
    evidence: learns('memory'),
    control: 'joined',
  },
  {
    name: 'trace a neighbour’s process',
    numbers: true,
    // PTRACE_SEIZE, which does not stop it.
    attempt: String.raw`for p in $(named $NAME); do perl -e '$r = syscall(101, 0x4206, shift() + 0, 0, 0); print $r == 0 ? "SEIZED\n" : "refused $!\n"' $p; done`,
    evidence: { judge: (output) => /SEIZED/.exec(output)?.[0] },
    control: 'joined',
  },
  {
    name: 'signal a neighbour’s process',
    attempt: 'kill -WINCH $(named $NAME); kill -WINCH $B_PID',
    evidence: changes('signals taken', (scene) => scene.victim('cat $HOME/signals')),
    control: 'joined',
  },
  {
    name: 'signal a process of the host’s user',
    attempt: 'kill -USR1 $(named canary-host)',
    evidence: changes('alive on the host', (scene) => Promise.resolve(String(scene.hostProcessAlive()))),
    control: { none: 'an engine without root cannot share the host’s processes' },
  },
  {
    name: 'enter a neighbour’s namespaces',
    attempt:
      'for p in $(named $NAME) $B_PID; do nsenter -t $p -m cat /home/reader/secret; nsenter -t $p -U -m cat /home/reader/secret; done',
    evidence: learns('home'),
    control: 'joined',
  },
];
