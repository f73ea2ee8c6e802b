import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readStatus } from './packages.ts';
import { missingPackages, rootlessScript, which, widePath } from './programs.ts';

async function withPrograms(...names: string[]): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'programs-'));
  for (const name of names) {
    await writeFile(join(directory, name), '');
    await chmod(join(directory, name), 0o755);
  }
  return directory;
}

test('what cannot be run is not there', async () => {
  const path = await withPrograms('dockerd');
  await writeFile(join(path, 'rootlesskit'), '');
  expect(which('dockerd', `/nowhere:${path}`)).toBe(join(path, 'dockerd'));
  expect(which('rootlesskit', path)).toBeUndefined();
});

test('only packages whose programs are missing are asked for', async () => {
  const path = await withPrograms('dockerd', 'dockerd-rootless.sh', 'rootlesskit', 'slirp4netns', 'iptables');
  expect(missingPackages(path)).toEqual([
    'iproute2',
    'uidmap',
    'fuse-overlayfs',
    'mmdebstrap',
    'debian-archive-keyring',
  ]);
  expect(missingPackages('/nowhere')[0]).toBe('docker.io');
});

test('Docker’s own script on PATH comes before Debian’s', async () => {
  const path = await withPrograms('dockerd-rootless.sh');
  expect(rootlessScript(path)).toBe(join(path, 'dockerd-rootless.sh'));
});

test('administrators’ directories come after a user’s own, once', () => {
  expect(widePath('/opt/bin:/usr/sbin')).toBe('/opt/bin:/usr/sbin:/usr/local/sbin:/sbin:/usr/bin:/bin');
});

test('apt’s status lines are read, and others left', () => {
  expect(readStatus('pmstatus:docker.io:42.8571:Unpacking docker.io (amd64)')).toBe(
    'installing 42 %, Unpacking docker.io (amd64)',
  );
  expect(readStatus('dlstatus:1:7.5:Retrieving file 1 of 9: a')).toBe('fetching 7 %, Retrieving file 1 of 9: a');
  expect(readStatus('media-change:x:y')).toBeUndefined();
});
