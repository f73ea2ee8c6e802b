/** What there is one of on a machine: settings, handlers, devices, control groups, what the kernel tells of itself. */
import { changes, says, type Probe } from '../probe.ts';

/** Settings that belong to a namespace: a session may have them, as its own. */
const OWN_SETTINGS =
  'net/|user/|kernel/(msg|sem|shm|auto_msgmni|domainname|hostname|pid_max|ns_last_pid|overflow|random/(boot_id|uuid))|fs/(mqueue|binfmt_misc)/';
const DEVICES =
  'mem kmem port kmsg kvm fuse loop-control loop0 vda sda nvme0n1 vhost-net vhost-vsock vsock uinput userfaultfd btrfs-control mapper/control ppp cuse hwrng';

const all = (names: readonly string[]) => names.map((name) => `/proc/sys/${name}`).join(' ');
const NET = ['net/ipv4/ip_default_ttl', 'net/core/somaxconn', 'net/ipv4/tcp_fin_timeout'];
const IPC = ['kernel/shmmni', 'kernel/msgmax', 'fs/mqueue/queues_max'];
const USER = ['user/max_fanotify_marks', 'user/max_inotify_watches'];

/** Settings made one less wherever they are found, and what they are at the victim and in the engine's own namespaces. */
const lowers = (name: string, settings: readonly string[], control: Probe['control']): Probe => ({
  name,
  attempt: `for f in ${all(settings)}; do v=$(cat $f) && echo $((v - 1)) >$f && echo lowered $f; done`,
  evidence: changes(
    'settings',
    async (scene) => (await scene.victim(`cat ${all(settings)}`)) + (await scene.engine(`cat ${all(settings)}`)),
  ),
  control,
  undo: `for f in ${all(settings)}; do v=$(cat $f) && echo $((v + 1)) >$f; done`,
});

export const kernel: Probe[] = [
  lowers('set a neighbour’s network settings', NET, 'joined'),
  lowers('set a neighbour’s settings of shared memory and queues', IPC, 'joined'),
  lowers('set how much of the kernel a neighbour may use', USER, 'beside'),
  {
    name: 'set what holds for the whole machine',
    // Each setting is given the value it has.
    attempt: `find /proc/sys /host/proc/sys -type f -perm /222 2>/dev/null | grep -vE '/proc/sys/(${OWN_SETTINGS})' |
      perl -MFcntl -ne 'chomp; open(R, "<", $_) ? ($v = <R>) : next; sysopen(W, $_, O_WRONLY) && syswrite(W, $v) and print "WROTE $_\n"'
      for f in /proc/sysrq-trigger /host/proc/sysrq-trigger; do { : >>$f; } && echo WROTE $f; done`,
    evidence: says(/WROTE.*/),
    control: { none: 'root of a user namespace may not either' },
  },
  {
    name: 'start more processes than a session may',
    attempt:
      'echo 4000000 >/proc/sys/kernel/pid_max; unshare -Urpf --mount-proc sh -c "echo 4000000 >/proc/sys/kernel/pid_max"',
    evidence: changes('kernel.pid_max', (scene) => scene.attackersOwn('cat /proc/sys/kernel/pid_max')),
    control: 'beside',
  },
  {
    name: 'have a neighbour’s files run by a program of mine',
    attempt: `mkdir -p m; for d in m /proc/sys/fs/binfmt_misc; do mount -t binfmt_misc none $d; echo ":$BINFMT:M::$BINFMT::/bin/echo:" >$d/register && echo registered; done`,
    evidence: changes('a file without a handler', (scene) =>
      scene.victim('perl -e \'exec "$ENV{HOME}/handled" or print "no handler\\n"\''),
    ),
    control: 'beside',
    undo: 'mkdir -p m; mount -t binfmt_misc none m; echo -1 >m/$BINFMT; umount m; echo -1 >/proc/sys/fs/binfmt_misc/$BINFMT',
  },
  {
    name: 'open devices',
    attempt: `for n in ${DEVICES}; do for f in /dev/$n /host/dev/$n; do perl -MFcntl -e 'sysopen $h, shift, O_RDONLY | O_NONBLOCK and print "OPENED\\n"' $f; done; done`,
    evidence: says(/OPENED/),
    control: { none: 'not every machine has one that its users may open' },
  },
  {
    name: 'make devices',
    attempt: `for d in "b 7 0" "b 254 0" "c 1 1" "c 1 11" "c 10 229" "c 10 237"; do rm -f n; for w in . /tmp "$HOME"; do mknod $w/n-$$ $d && echo MADE; rm -f $w/n-$$; done; done
      unshare -Urm sh -c 'mknod n2 c 1 1 && echo MADE'`,
    evidence: says(/MADE/),
    control: { none: 'root of a user namespace may not either' },
  },
  {
    name: 'mount what shows the machine',
    attempt: `mkdir m; for t in sysfs debugfs tracefs securityfs devtmpfs configfs pstore efivarfs fusectl nfsd rpc_pipefs; do
        mount -t $t none m && echo MOUNTED $t && umount m; unshare -Urm mount -t $t none m && echo MOUNTED $t; unshare -Urnm mount -t $t none m && [ $t != sysfs ] && echo MOUNTED $t; done`,
    evidence: says(/MOUNTED.*/),
    control: 'beside',
  },
  {
    name: 'mount the machine’s disks',
    attempt:
      'mkdir m; while read -r _ _ _ n; do for t in ext4 xfs btrfs; do mount -t $t -o ro /dev/$n m && echo MOUNTED $n && umount m; done; done </proc/partitions',
    evidence: says(/MOUNTED.*/),
    control: { none: 'root of a user namespace may not either' },
  },
  {
    name: 'move control groups',
    attempt: `for t in cgroup2 "cgroup -o pids" "cgroup -o memory" "cgroup -o rdma"; do mkdir -p c; unshare -C sh -c "mount -t $t none c && { mkdir c/x && echo MADE && rmdir c/x; echo /x >c/release_agent && echo AGENT; }"; done
      for d in /sys/fs/cgroup /sys/fs/cgroup/* /host/sys/fs/cgroup/*; do [ -e $d/cgroup.procs ] || continue; mount -o remount,bind,rw $d; mkdir $d/slipway-$$ && echo MADE && rmdir $d/slipway-$$; echo /x >$d/release_agent && echo AGENT; done`,
    evidence: says(/MADE|AGENT/),
    control: { none: 'where control groups are not delegated, nobody may' },
  },
  {
    name: 'read the kernel’s addresses and memory',
    attempt: `awk '$1 !~ /^0+$/ { print "TOLD kallsyms"; exit }' /proc/kallsyms; for f in kcore kpagecount kpageflags vmallocinfo; do head -c 8 /proc/$f | grep -q . && echo TOLD $f; done
      grep -vqE '^ *0+-0+ ' /proc/iomem && echo TOLD iomem`,
    evidence: says(/TOLD.*/),
    control: { none: 'root of a user namespace may not either' },
  },
  {
    name: 'read what the firmware tells root alone',
    attempt: `cd /sys || exit; for f in firmware/dmi/tables/* firmware/acpi/tables/* class/dmi/id/*serial class/dmi/id/*uuid kernel/debug/* fs/pstore/* firmware/efi/efivars/* devices/virtual/powercap/*/energy_uj; do
        [ -f "$f" ] && head -c 8 "$f" | grep -q . && echo "TOLD $f"; done`,
    evidence: says(/TOLD.*/),
    control: { none: 'root of a user namespace may not either' },
  },
  {
    name: 'become the container’s root',
    attempt: `perl -e '$> = 0; $< = 0; setpgrp; open $f, "<", "/proc/self/uid_map"; $m = <$f>; print "ROOT $m" if $> == 0 && $m =~ /^\\s*0\\s+(?!1000\\s)\\d+/'; unshare -U sleep 2 & newuidmap $! 0 0 1 && echo ROOT`,
    evidence: says(/ROOT.*/),
    control: 'beside',
  },
];
