/** The engine, if one is running, and what the kernel filters. */
import type { Found } from '../find.ts';
import { hasApt, missingPackages, widePath } from '../launch/programs.ts';
import type { Self } from '../places.ts';
import type { Finding, Read } from './finding.ts';

/** @param engine what was found, or why nothing was */
export function rootlessEngine(engine: { found: Found } | { reasons: readonly string[] }, who: Self): Finding {
  const what = 'Rootless engine';
  if ('found' in engine) {
    const { address, facts } = engine.found;
    const found = `${facts.version} at ${address}`;
    if (facts.rootless) return { what, holds: 'yes', found };
    return { what, holds: 'no', found: `${found} runs as root`, mend: 'unset SLIPWAY_ALLOW_ROOTFUL and DOCKER_HOST' };
  }
  const why = engine.reasons.join('; ');
  const missing = missingPackages(widePath(who.env['PATH']));
  if (missing.length === 0) return { what, holds: 'unknown', found: `${why}; "npm start" starts one` };
  const found = `${why}; missing: ${missing.join(', ')}`;
  if (who.uid === 0 && hasApt()) return { what, holds: 'unknown', found: `${found}, which "npm start" installs` };
  return { what, holds: 'no', found, mend: `sudo apt-get install -y ${missing.join(' ')}` };
}

export async function seccomp(read: Read, engine: Found | undefined): Promise<Finding> {
  const what = 'Seccomp';
  const kernel = (await read('/proc/sys/kernel/seccomp/actions_avail'))?.includes('errno') === true;
  if (!kernel) return { what, holds: 'no', found: 'this kernel does not filter system calls' };
  if (engine && !engine.facts.seccomp) return { what, holds: 'no', found: 'the engine was built without it' };
  return { what, holds: 'yes', found: 'sessions run under a profile of their own' };
}
