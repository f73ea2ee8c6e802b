import { expect, test } from 'vitest';
import { seccompProfile } from './seccomp.ts';
import { calls } from './syscalls.ts';

const profile = seccompProfile();
const allowed = new Set(profile.syscalls.flatMap((rule) => (rule.action === 'SCMP_ACT_ALLOW' ? rule.names : [])));

test('what is not named is refused, and only 64-bit calls are known', () => {
  expect(profile.defaultAction).toBe('SCMP_ACT_ERRNO');
  expect(profile.archMap.flatMap((one) => one.subArchitectures)).toEqual([]);
});

test.each(
  `acct add_key adjtimex bpf clock_adjtime clock_settime delete_module fanotify_init fanotify_mark finit_module init_module
  io_uring_enter io_uring_register io_uring_setup ioperm iopl kcmp kexec_file_load kexec_load keyctl lookup_dcookie mbind modify_ldt
  move_pages open_by_handle_at perf_event_open pidfd_getfd quotactl quotactl_fd reboot request_key settimeofday swapoff swapon
  syslog userfaultfd vhangup`.split(/\s+/),
)('%s is not allowed', (name) => {
  expect(allowed.has(name)).toBe(false);
});

test.each(['unshare', 'setns', 'clone3', 'mount', 'umount2', 'pivot_root', 'fsopen', 'sethostname'])(
  '%s is allowed',
  (name) => {
    expect(allowed.has(name)).toBe(true);
  },
);

test('no name is listed twice', () => {
  expect(calls.length).toBe(new Set(calls).size);
});

test('no two rules of socket can match the same call', () => {
  const rules = profile.syscalls.filter((rule) => rule.names.includes('socket'));
  for (let family = 0; family < 64; family++) {
    for (const protocol of [0, 1, 2, 4, 6, 9, 12, 17, 58, 255, 262]) {
      const matching = rules.filter(({ args = [] }) =>
        args.every(({ index, value, op }) => {
          const given = index === 0 ? family : protocol;
          return op === 'SCMP_CMP_EQ' ? given === value : given > value;
        }),
      );
      expect(matching.length, `family ${family}, protocol ${protocol}`).toBeLessThanOrEqual(1);
    }
  }
});

test.each([
  ['AF_PACKET', 17],
  ['AF_ALG', 38],
  ['AF_VSOCK', 40],
])('sockets of %s are an unknown family', (_name, family) => {
  const [rule] = profile.syscalls.filter(
    ({ names, args }) =>
      names.includes('socket') &&
      args?.every(({ index, value, op }) => index === 0 && (op === 'SCMP_CMP_EQ' ? family === value : family > value)),
  );
  expect(rule).toMatchObject({ action: 'SCMP_ACT_ERRNO', errnoRet: 97 });
});

test.each([
  ['F_SETLEASE', 1024],
  ['F_NOTIFY', 1026],
  ['F_SETDELEG', 1040],
])('fcntl is allowed by command, and %s is none of them', (_name, command) => {
  const rules = profile.syscalls.filter(({ names }) => names.includes('fcntl'));
  const commands = rules.map(({ args: [one] = [] }) => one);
  expect(commands.every((one) => one?.index === 1 && one.op === 'SCMP_CMP_MASKED_EQ' && one.value === 0xffffffff)).toBe(
    true,
  );
  expect(commands.map((one) => one?.valueTwo)).not.toContain(command);
});
