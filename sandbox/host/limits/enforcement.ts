/** Which of a session's limits this host holds strangers to, and by what. */
import { release } from 'node:os';
import type { Config } from '../../config/config.ts';
import type { EngineFacts } from '../docker.ts';

export const LIMITS = ['memory', 'cpus', 'pids', 'disk', 'egress'] as const;
export type Limit = (typeof LIMITS)[number];

/** `by`: what holds it, whatever a reader does. Without one, `why` not, and what is done all the same. */
export type Held = { by: string } | { by?: undefined; why: string };
export type Enforcement = Readonly<Record<Limit, Held>>;

/**
 * @param disks whether there are sized disks for this host's sessions
 * @param kernel its version, as the engine's machine says it
 */
export function enforcement(
  of: { facts: Pick<EngineFacts, 'limits' | 'rootless' | 'cgroup'>; disks: boolean; egress: Config['egress']['mode'] },
  kernel = release(),
): Enforcement {
  const { facts, disks, egress } = of;
  const groups = `control groups ${facts.cgroup}`;
  const without = `the engine cannot bound it (${groups})`;
  return {
    memory: facts.limits.memory
      ? { by: groups }
      : {
          why: `${without}; processes are measured every 2 s and a session over its bound is ended, temporary file systems are not counted`,
        },
    cpus: facts.limits.cpus ? { by: groups } : { why: `${without}; the kernel shares processors between programs` },
    pids: processes(facts, groups, kernel),
    disk: disks
      ? { by: 'a file system of its own size for every session' }
      : { why: 'there are no sized disks; homes are measured, and a session over its bound is ended' },
    egress:
      egress === 'open'
        ? { why: 'SLIPWAY_EGRESS=open: sessions reach whatever this machine reaches' }
        : { by: egress === 'none' ? 'networks without a way out' : 'a forward proxy with a list of hosts' },
  };
}

/** Since Linux 6.14 a PID namespace has a bound of its own; see session/process-bound.ts. */
function processes(facts: Pick<EngineFacts, 'limits' | 'rootless'>, groups: string, kernel: string): Held {
  if (facts.limits.pids) return { by: groups };
  const [major = 0, minor = 0] = kernel.split('.').map(Number);
  const counted = major > 6 || (major === 6 && minor >= 14);
  if (facts.rootless && counted) return { by: `the kernel, by session (Linux ${kernel})` };
  return { why: `the engine cannot bound them (${groups}), nor can Linux ${kernel} by session: 6.14 can` };
}

/**
 * Whether strangers may be let in.
 * @returns why not, in words for whoever starts Slipway; undefined when they may
 */
export function whyNotOpen(config: Pick<Config, 'access' | 'unenforced'>, held: Enforcement): string | undefined {
  if (config.access !== 'open') return undefined;
  const missing = LIMITS.filter((limit) => held[limit].by === undefined && !config.unenforced.includes(limit));
  if (missing.length === 0) return undefined;
  const named = LIMITS.filter((limit) => held[limit].by === undefined);
  return [
    'SLIPWAY_ACCESS=open lets strangers in, and this host does not hold them to every limit:',
    ...missing.map((limit) => `  ${limit}: ${whyOf(held[limit])}`),
    '"npm run doctor" says what would mend it. To let them in without, name what is not enforced:',
    `  SLIPWAY_UNENFORCED="${named.join(' ')}"`,
  ].join('\n');
}

const whyOf = (held: Held): string => (held.by === undefined ? held.why : '');
