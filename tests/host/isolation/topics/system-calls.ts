/** Parts of the kernel that nothing in a session needs. Numbers are those of x86-64. */
import { says, type Probe } from '../probe.ts';
import { thirtyTwoBit } from '../thirty-two-bit.ts';

/** Arguments that the kernel refuses otherwise than with EPERM, so that a filter can be told from a kernel that was asked. */
const asked = (name: string, calls: readonly [string, ...number[]][], control: Probe['control']): Probe => ({
  name,
  attempt: calls.map(([call, ...numbers]) => `reach ${call} ${numbers.join(' ')}`).join('\n'),
  evidence: says(/REACHED.*/),
  control,
});
const byRight = { none: 'the kernel asks for a right over the whole machine first, and answers as a filter does' };

const all: Probe[] = [
  asked('load a BPF program', [['bpf', 321, -1, -1, -1]], 'beside'),
  asked('watch performance events', [['perf_event_open', 298, -1, -1, -1, -1, -1]], 'beside'),
  asked(
    'use io_uring',
    [
      ['io_uring_setup', 425, -1, -1],
      ['io_uring_enter', 426, -1, 0, 0, 0, 0],
      ['io_uring_register', 427, -1, -1, -1, -1],
    ],
    'beside',
  ),
  asked('handle page faults', [['userfaultfd', 323, -1]], 'beside'),
  asked(
    'load a kernel module',
    [
      ['init_module', 175, -1, -1, -1],
      ['finit_module', 313, -1, -1, -1],
      ['delete_module', 176, -1, -1],
    ],
    byRight,
  ),
  asked(
    'load another kernel',
    [
      ['kexec_load', 246, -1, -1, -1, -1],
      ['kexec_file_load', 320, -1, -1, -1, -1, -1],
    ],
    byRight,
  ),
  asked(
    'set the clock',
    [
      ['settimeofday', 164, -1, -1],
      ['clock_settime', 227, 0, -1],
      ['clock_adjtime', 305, 0, -1],
      ['adjtimex', 159, -1],
    ],
    'beside',
  ),
  asked('restart the machine', [['reboot', 169, -1, -1, -1, -1]], 'beside'),
  asked(
    'drive ports',
    [
      ['iopl', 172, 4],
      ['ioperm', 173, -1, -1, -1],
    ],
    byRight,
  ),
  asked(
    'account, swap and quota',
    [
      ['acct', 163, -1],
      ['swapon', 167, -1, -1],
      ['swapoff', 168, -1],
      ['quotactl', 179, -1, -1, -1, -1],
    ],
    'beside',
  ),
  asked('watch a whole file system', [['fanotify_init', 300, 0x200, -1]], 'beside'),
  asked(
    'move others’ memory',
    [
      ['mbind', 237, -1, -1, -1, -1, -1, -1],
      ['move_pages', 279, -1, -1, -1, -1, -1, -1],
      ['migrate_pages', 256, -1, -1, -1, -1],
    ],
    'beside',
  ),
  asked(
    'compare others’ processes',
    [
      ['kcmp', 312, -1, -1, -1, -1, -1],
      ['process_madvise', 440, -1, -1, -1, -1, -1],
    ],
    'beside',
  ),
  {
    name: 'read the kernel’s log',
    // SYSLOG_ACTION_SIZE_BUFFER
    attempt:
      'reach syslog 103 10 0 0; for f in /dev/kmsg /proc/kmsg; do head -c 1 $f >/dev/null && echo REACHED $f; done',
    evidence: says(/REACHED.*/),
    control: { none: 'depends on the kernel’s dmesg_restrict' },
  },
  {
    name: 'make 32-bit system calls',
    attempt: `echo ${thirtyTwoBit().toString('base64')} | base64 -d >p; chmod +x p; ./p || (cp p /tmp/p$$ && /tmp/p$$; rm /tmp/p$$)`,
    evidence: says(/^THROUGH32$/m),
    control: 'beside',
  },
  {
    name: 'make x32 system calls',
    // getpid of the x32 table
    attempt: `perl -e 'print syscall(0x40000000 + 39) > 0 ? "THROUGHX32\\n" : "refused $!\\n"'`,
    evidence: says(/^THROUGHX32$/m),
    control: { none: 'few kernels have them' },
  },
];

export const systemCalls: Probe[] = all.map((probe) => ({ ...probe, numbers: true }));
