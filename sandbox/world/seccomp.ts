/**
 * The session's system-call filter: a list of what is allowed, 64-bit calls only; everything else is EPERM.
 * It starts from what Docker allows a container without capabilities (moby/profiles, seccomp/default.json) and adds the namespace and mount
 * calls a nested engine needs; the kernel still decides each of them by the caller's capabilities in its own user namespace.
 * Never allowed: bpf, perf_event_open, io_uring, userfaultfd, open_by_handle_at, kexec, kernel modules, port I/O, swap, reboot, setting
 * clocks, acct, quotactl, fanotify, syslog, keyrings, leases on files.
 */
import { FCNTL_COMMANDS } from './fcntl.ts';
import { calls } from './syscalls.ts';

/** With `SCMP_CMP_MASKED_EQ`, `value` is the mask and `valueTwo` what remains. */
type Condition = {
  index: number;
  value: number;
  valueTwo?: number;
  op: 'SCMP_CMP_EQ' | 'SCMP_CMP_GT' | 'SCMP_CMP_MASKED_EQ';
};
type Rule = {
  names: string[];
  action: 'SCMP_ACT_ALLOW' | 'SCMP_ACT_ERRNO';
  errnoRet?: number;
  args?: Condition[];
  includes?: { arches: string[] };
};

const ENOSYS = 38;
const EPROTONOSUPPORT = 93;
const EAFNOSUPPORT = 97;

const AF = { UNIX: 1, INET: 2, INET6: 10, NETLINK: 16 } as const;
/** Unspecified, ICMP, TCP, UDP, ICMPv6 and raw (iptables). */
const INET_PROTOCOLS = [0, 1, 6, 17, 58, 255];
/** Routing, socket diagnosis and netfilter. The others are refused as unknown: login tools stop when the audit one is merely forbidden. */
const NETLINK_PROTOCOLS = [0, 4, 12];
/** What a program may ask of personality(2): the default, no address randomisation (debuggers), 32-bit uname (harmless), and a query. */
const PERSONALITIES = [0x0, 0x0008, 0x20000, 0x20008, 0xffffffff];

const is = (index: number, value: number): Condition => ({ index, value, op: 'SCMP_CMP_EQ' });
/** The lower half of an argument, which is all the kernel reads of an int. */
const isInt = (index: number, valueTwo: number): Condition => ({
  index,
  value: 0xffffffff,
  valueTwo,
  op: 'SCMP_CMP_MASKED_EQ',
});
const above = (index: number, value: number): Condition => ({ index, value, op: 'SCMP_CMP_GT' });
const allow = (name: string, ...args: Condition[]): Rule => ({ names: [name], action: 'SCMP_ACT_ALLOW', args });
const refuse = (errnoRet: number, name: string, ...args: Condition[]): Rule => ({
  names: [name],
  action: 'SCMP_ACT_ERRNO',
  errnoRet,
  args,
});
const upTo = (last: number): number[] => Array.from({ length: last + 1 }, (_, n) => n);

/** Rules of one call must not overlap: libseccomp's answer to an overlap depends on their order. */
const sockets: Rule[] = [
  allow('socket', is(0, AF.UNIX)),
  ...[AF.INET, AF.INET6].flatMap((family) => [
    ...INET_PROTOCOLS.map((protocol) => allow('socket', is(0, family), is(2, protocol))),
    // Multipath TCP, which Go's listeners try first.
    refuse(EPROTONOSUPPORT, 'socket', is(0, family), above(2, 255)),
  ]),
  ...NETLINK_PROTOCOLS.map((protocol) => allow('socket', is(0, AF.NETLINK), is(2, protocol))),
  ...upTo(31)
    .filter((protocol) => !NETLINK_PROTOCOLS.includes(protocol))
    .map((protocol) => refuse(EPROTONOSUPPORT, 'socket', is(0, AF.NETLINK), is(2, protocol))),
  ...upTo(AF.NETLINK)
    .filter((family) => !Object.values<number>(AF).includes(family))
    .map((family) => refuse(EAFNOSUPPORT, 'socket', is(0, family))),
  refuse(EAFNOSUPPORT, 'socket', above(0, AF.NETLINK)),
  allow('socketpair', is(0, AF.UNIX)),
];

/** The filter in the form Docker's API takes as `seccomp=…` in SecurityOpt. */
export function seccompProfile() {
  const syscalls: Rule[] = [
    { names: [...calls], action: 'SCMP_ACT_ALLOW' },
    ...PERSONALITIES.map((persona) => allow('personality', is(0, persona))),
    ...FCNTL_COMMANDS.map((command) => allow('fcntl', isInt(1, command))),
    ...sockets,
    // The engine's runtime goes on without a session keyring when there are none at all.
    { names: ['keyctl'], action: 'SCMP_ACT_ERRNO', errnoRet: ENOSYS },
    { names: ['arch_prctl'], action: 'SCMP_ACT_ALLOW', includes: { arches: ['amd64'] } },
  ];
  return {
    defaultAction: 'SCMP_ACT_ERRNO',
    defaultErrnoRet: 1,
    archMap: [
      { architecture: 'SCMP_ARCH_X86_64', subArchitectures: [] as string[] },
      { architecture: 'SCMP_ARCH_AARCH64', subArchitectures: [] as string[] },
    ],
    syscalls,
  };
}
