import { expect, test } from 'vitest';
import type { EngineFacts } from '../docker.ts';
import { controlGroups } from './cgroups.ts';
import type { Finding, Read } from './finding.ts';
import { userNamespaces } from './namespaces.ts';
import { disk, overlay } from './storage.ts';
import { subIdRanges } from './sub-id-ranges.ts';
import { table } from './table.ts';

const files =
  (content: Record<string, string>): Read =>
  (file) =>
    Promise.resolve(content[file]);

const engine: EngineFacts = {
  version: '28.0.0',
  rootless: true,
  limits: { memory: true, cpus: false, pids: true },
  cgroup: 'v2, systemd',
  storage: 'overlay2',
  seccomp: true,
  disks: undefined,
  data: '/state/docker',
};

test('user namespaces: allowed, closed by Debian’s switch, narrowed by Ubuntu’s rule', async () => {
  const sys = (name: string) => `/proc/sys/${name}`;
  const holds = async (content: Record<string, string>) =>
    (await userNamespaces(files(content))).map((one) => one.holds);
  const max = { [sys('user/max_user_namespaces')]: '1000\n' };
  expect(await holds(max)).toEqual(['yes', 'yes']);
  expect(await holds({ ...max, [sys('kernel/unprivileged_userns_clone')]: '0\n' })).toEqual(['no', 'yes']);
  expect(await holds({ ...max, [sys('kernel/apparmor_restrict_unprivileged_userns')]: '1\n' })).toEqual([
    'yes',
    'part',
  ]);
  expect(await holds({ [sys('user/max_user_namespaces')]: '0\n' })).toEqual(['no', 'yes']);
  expect(await holds({})).toEqual(['no', 'yes']);
});

test('missing subordinate ids come with the line for a free range', async () => {
  const ann = { name: 'ann', uid: 1000 };
  const read = files({ '/etc/subuid': 'bob:100000:65536\n', '/etc/subgid': 'bob:100000:65536\n' });
  const { holds, mend } = await subIdRanges(read, ann);
  expect(holds).toBe('no');
  expect(mend).toBe('sudo usermod --add-subuids 165536-231071 --add-subgids 165536-231071 ann');
  expect((await subIdRanges(read, { name: 'bob', uid: 1 })).holds).toBe('yes');
});

test('control groups: the engine’s word counts, else what is delegated; with the line that brings what is missing', async () => {
  const v2 = { '/sys/fs/cgroup/cgroup.controllers': 'cpu memory pids' };
  const slice = '/sys/fs/cgroup/user.slice/user-1000.slice/user@1000.service/cgroup.controllers';
  const groups = (content: Record<string, string>, facts?: EngineFacts) => controlGroups(files(content), 1000, facts);
  expect(await groups(v2, engine)).toMatchObject({ limits: engine.limits, kind: 'v2, systemd' });
  expect((await groups(v2, engine)).mend).toContain('Delegate=');
  expect((await groups({})).mend).toContain('unified_cgroup_hierarchy=1');
  expect(await groups({ ...v2, [slice]: 'cpu memory pids\n' })).not.toHaveProperty('mend');
  expect((await groups({ ...v2, [slice]: 'memory pids\n' })).limits).toEqual({ memory: true, cpus: false, pids: true });
});

test('overlay: by the engine, else by the kernel’s version', async () => {
  const known = files({ '/proc/filesystems': 'nodev\toverlay\n\text4\n' });
  expect((await overlay(known, { ...engine, storage: 'fuse-overlayfs' })).holds).toBe('part');
  expect((await overlay(known, undefined, '6.1.0-13-amd64')).holds).toBe('yes');
  expect((await overlay(known, undefined, '5.10.0-8')).holds).toBe('part');
  expect((await overlay(files({}), undefined, '6.1.0')).mend).toBe('sudo modprobe overlay');
});

test('disk is looked at where the state directory will be', async () => {
  expect((await disk('/nowhere/yet/slipway')).found).toMatch(/^\d+ GB free for \/nowhere\/yet\/slipway/);
});

test('the table says what, what was found, and the line that mends it', () => {
  const findings: Finding[] = [
    { what: 'One', holds: 'yes', found: 'fine' },
    { what: 'Longer', holds: 'no', found: 'a rather long account of what was seen here', mend: 'sudo mend --it' },
  ];
  expect(table(findings, 44).split('\n').slice(0, 4)).toEqual([
    '✓  One      fine',
    '✗  Longer   a rather long account of what',
    '            was seen here',
    '            → sudo mend --it',
  ]);
});
