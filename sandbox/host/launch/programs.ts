/** Programs a rootless engine needs, where they are, and the packages that bring them. */
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { busWanted } from './user-bus.ts';

/** Where administrators' programs are, iptables among them, which a user's PATH may leave out. */
const SBIN = ['/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/bin', '/bin'];
const SCRIPTS = ['/usr/share/docker.io/contrib/dockerd-rootless.sh'];

/** Program → the Debian and Ubuntu package that has it. */
const PACKAGES = {
  rootlesskit: 'rootlesskit',
  ip: 'iproute2',
  slirp4netns: 'slirp4netns',
  newuidmap: 'uidmap',
  iptables: 'iptables',
  'fuse-overlayfs': 'fuse-overlayfs',
  mmdebstrap: 'mmdebstrap',
} as const;

/** A PATH with the administrators' directories in it. */
export function widePath(path = ''): string {
  return [...new Set([...path.split(delimiter).filter(Boolean), ...SBIN])].join(delimiter);
}

/** The full name of a program on a PATH. */
export function which(program: string, path: string): string | undefined {
  return path
    .split(delimiter)
    .map((directory) => join(directory, program))
    .find(runs);
}

/** The script that starts a rootless engine: Docker's own on PATH, or where Debian puts it. */
export function rootlessScript(path: string): string | undefined {
  return which('dockerd-rootless.sh', path) ?? SCRIPTS.find(runs);
}

/** Packages whose programs are not there. */
export function missingPackages(path: string): string[] {
  const missing: string[] = rootlessScript(path) && which('dockerd', path) ? [] : ['docker.io'];
  for (const [program, name] of Object.entries(PACKAGES)) if (!which(program, path)) missing.push(name);
  if (missing.includes('mmdebstrap')) missing.push('debian-archive-keyring');
  if (busWanted() && !existsSync('/usr/lib/systemd/user/dbus.socket')) missing.push('dbus-user-session');
  return missing;
}

/** A system whose packages these are. */
export function hasApt(): boolean {
  try {
    const ids = /^ID(?:_LIKE)?=(.*)$/gm;
    const text = readFileSync('/etc/os-release', 'utf8');
    return [...text.matchAll(ids)].some(([, id]) => /\b(debian|ubuntu)\b/.test(id ?? '')) && runs('/usr/bin/apt-get');
  } catch {
    return false;
  }
}

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
