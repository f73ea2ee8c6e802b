/** Can the kernel bound a session's memory, processors and processes? */
import type { EngineFacts } from '../docker.ts';
import type { Read } from './finding.ts';

export type ControlGroups = {
  limits: EngineFacts['limits'];
  /** As the engine calls it, where there is one. */
  kind: string;
  /** The line that would bring what is missing. */
  mend?: string;
};

/**
 * The engine's own word counts where there is one: it can only bound what has been handed to its user.
 * @param uid the user the engine runs as, where it is known
 */
export async function controlGroups(
  read: Read,
  uid: number | undefined,
  engine: Pick<EngineFacts, 'limits' | 'cgroup'> | undefined,
): Promise<ControlGroups> {
  const v2 = (await read('/sys/fs/cgroup/cgroup.controllers')) !== undefined;
  const slice = `/sys/fs/cgroup/user.slice/user-${uid ?? ''}.slice/user@${uid ?? ''}.service/cgroup.controllers`;
  const given = ((await read(slice)) ?? '').trim().split(' ');
  const limits = engine?.limits ?? {
    memory: given.includes('memory'),
    cpus: given.includes('cpu'),
    pids: given.includes('pids'),
  };
  const kind = engine?.cgroup ?? (v2 ? 'v2, handed to its user in part or not at all' : 'v1');
  const missing = Object.values(limits).includes(false);
  return { limits, kind, ...(missing ? { mend: v2 ? delegate : boot } : {}) };
}

const boot = 'boot with cgroup v2: add systemd.unified_cgroup_hierarchy=1 to the kernel command line';
const delegate =
  "sudo mkdir -p /etc/systemd/system/user@.service.d && printf '[Service]\\nDelegate=cpu cpuset io memory pids\\n' | " +
  'sudo tee /etc/systemd/system/user@.service.d/delegate.conf && sudo systemctl daemon-reload';
