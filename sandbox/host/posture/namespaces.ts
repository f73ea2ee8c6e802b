/** May an ordinary user make a user namespace? Everything rootless rests on it. */
import type { Finding, Read } from './finding.ts';

/** The kernel's bound, Debian's own switch, and Ubuntu's AppArmor rule. */
export async function userNamespaces(read: Read): Promise<Finding[]> {
  const [max, clone, apparmor] = await Promise.all(
    [
      'user/max_user_namespaces',
      'kernel/unprivileged_userns_clone',
      'kernel/apparmor_restrict_unprivileged_userns',
    ].map(async (name) => (await read(`/proc/sys/${name}`))?.trim()),
  );
  return [kernelAllows(max, clone), ubuntuRule(apparmor)];
}

function kernelAllows(max: string | undefined, clone: string | undefined): Finding {
  const what = 'User namespaces';
  if (max === undefined) return { what, holds: 'no', found: 'this kernel has none' };
  if (clone === '0')
    return { what, holds: 'no', found: 'for root alone', mend: 'sudo sysctl -w kernel.unprivileged_userns_clone=1' };
  if (Number(max) < 100)
    return { what, holds: 'no', found: `at most ${max}`, mend: 'sudo sysctl -w user.max_user_namespaces=28633' };
  return { what, holds: 'yes', found: `every user may make them (at most ${max})` };
}

function ubuntuRule(value: string | undefined): Finding {
  const what = "Ubuntu's AppArmor rule";
  if (value !== '1')
    return { what, holds: 'yes', found: value === undefined ? 'this kernel has no such rule' : 'it is switched off' };
  return {
    what,
    holds: 'part',
    found: 'user namespaces only for programs with a profile that allows them',
    mend: 'sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0',
  };
}
