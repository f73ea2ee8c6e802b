/** What holds each of a session's limits on this machine. */
import type { Config } from '../../config/config.ts';
import { findDisks } from '../disks/find.ts';
import { whyNoDisks } from '../disks/share.ts';
import type { Found } from '../find.ts';
import { enforcement, LIMITS, type Limit } from '../limits/enforcement.ts';
import { widePath } from '../launch/programs.ts';
import type { Self } from '../places.ts';
import { controlGroups } from './cgroups.ts';
import type { Finding, Read } from './finding.ts';

const NAMES: Record<Limit, string> = {
  memory: 'Memory',
  cpus: 'Processors',
  pids: 'Processes',
  disk: 'Disk of a session',
  egress: 'Network',
};

/** One line for each limit. @param uid the user the engine runs as, where it is known */
export async function limits(
  config: Config,
  of: { read: Read; uid: number | undefined; found: Found | undefined; who: Self },
): Promise<Finding[]> {
  const { read, uid, found, who } = of;
  const groups = await controlGroups(read, uid, found?.facts);
  const noDisks = await whyNoDisks(who.uid, widePath(who.env['PATH']));
  const facts = found?.facts ?? { limits: groups.limits, rootless: true, cgroup: groups.kind };
  const disks = found ? (await findDisks(found.facts.disks, config.limits.diskBytes)) !== undefined : !noDisks;
  const held = enforcement({ facts, disks, egress: config.egress.mode });
  const mends: Partial<Record<Limit, string | undefined>> = {
    memory: groups.mend,
    cpus: groups.mend,
    disk: noDisks === undefined ? undefined : 'start Slipway as root, on a machine with loop devices and e2fsprogs',
    egress: 'unset SLIPWAY_EGRESS',
  };
  const measured: Limit[] = ['memory', 'disk'];
  const lines = LIMITS.map((limit): Finding => {
    const one = held[limit];
    const what = NAMES[limit];
    if (one.by !== undefined) return { what, holds: 'yes', found: `bounded by ${one.by}` };
    const mend = mends[limit];
    return { what, holds: measured.includes(limit) ? 'part' : 'no', found: one.why, ...(mend ? { mend } : {}) };
  });
  return [...lines, counts(config), gateways(config)];
}

/** What keeps accidents from filling a session; the disk holds who means to. */
function counts({ limits }: Config): Finding {
  const found = `${limits.containers} and ${limits.images}, counted by the docker command; who asks the engine itself is bounded by disk, memory and processes`;
  return { what: 'Containers, images', holds: 'part', found };
}

/** What the gateway itself counts, on any host. */
function gateways({ limits }: Config): Finding {
  const hours = (seconds: number) => `${(seconds / 3600).toFixed(1)} h`;
  const output = `${(limits.outputBytes / 2 ** 30).toFixed(0)} GiB of output`;
  const found = `${hours(limits.lifetimeSeconds)} of time, ${hours(limits.idleSeconds)} of idling, ${output}: ended by the gateway`;
  return { what: 'Time and output', holds: 'yes', found };
}
