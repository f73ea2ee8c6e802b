/**
 * Bounds a session's processes without control groups: since Linux 6.14 a PID namespace has a `kernel.pid_max` of its own, which holds
 * for the namespaces below it too. Only the namespace's root may write it; of ours, nothing else but the network's walls (egress/walls.ts)
 * is run as that in a session. In a rootless host that is an ordinary user.
 */
import type { Container } from 'dockerode';
import { run } from '../engine/exec.ts';

/** Process numbers below this are not given again once they wrap; source: RESERVED_PIDS in the kernel's pid.c. */
const RESERVED = 300;

/**
 * Sets the bound. Older kernels refuse, and then only control groups bound a session's processes.
 * Never to be asked of a rootful host, where an older kernel would take it for the whole machine's.
 * @param pids how many processes and threads there may be at once
 * @returns whether it holds
 */
export async function boundProcesses(container: Container, pids: number): Promise<boolean> {
  const command = ['/bin/sh', '-c', 'echo "$0" >/proc/sys/kernel/pid_max', String(pids + RESERVED)];
  return run(container, command, { user: '0:0' }).then(
    ({ code }) => code === 0,
    () => false,
  );
}
