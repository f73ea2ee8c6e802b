/** Are a session's memory, processors and processes bounded by the kernel? */
import type { EngineFacts } from '../docker.ts';
import type { Finding, Read } from './finding.ts';

const NEEDED = ['memory', 'cpu', 'pids'] as const;

/**
 * The engine's own word counts where there is one: it can only bound what has been handed to its user.
 * @param uid the user the engine runs as, where it is known
 */
export async function sessionLimits(
  read: Read,
  uid: number | undefined,
  engine: EngineFacts | undefined,
): Promise<Finding> {
  const what = 'Limits per session';
  const v2 = await read('/sys/fs/cgroup/cgroup.controllers');
  if (engine) {
    const { memory, cpus, pids } = engine.limits;
    const missing = [memory ? [] : ['memory'], cpus ? [] : ['processors'], pids ? [] : ['processes']].flat();
    if (missing.length === 0) return { what, holds: 'yes', found: 'memory, processors and processes are bounded' };
    const found = `not bounded: ${missing.join(', ')} (the engine's cgroups: ${engine.cgroup})`;
    return { what, holds: missing.length === 3 ? 'no' : 'part', found, mend: v2 === undefined ? boot : delegate };
  }
  if (v2 === undefined) return { what, holds: 'no', found: 'cgroup v1: a rootless engine ignores limits', mend: boot };
  const slice = `/sys/fs/cgroup/user.slice/user-${uid ?? ''}.slice/user@${uid ?? ''}.service/cgroup.controllers`;
  const given = (await read(slice))?.trim().split(' ');
  if (!given) return { what, holds: 'unknown', found: 'cgroup v2; whether it is delegated shows with an engine' };
  const missing = NEEDED.filter((controller) => !given.includes(controller));
  if (missing.length === 0) return { what, holds: 'yes', found: 'cgroup v2, delegated to this user' };
  return { what, holds: 'part', found: `cgroup v2; not delegated: ${missing.join(', ')}`, mend: delegate };
}

const boot = 'boot with cgroup v2: add systemd.unified_cgroup_hierarchy=1 to the kernel command line';
const delegate =
  "sudo mkdir -p /etc/systemd/system/user@.service.d && printf '[Service]\\nDelegate=cpu cpuset io memory pids\\n' | " +
  'sudo tee /etc/systemd/system/user@.service.d/delegate.conf && sudo systemctl daemon-reload';
