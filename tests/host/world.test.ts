/** The session container, looked at from inside: nothing privileged, and everything a reader is promised. */
import { readlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ownReader } from '../support/own.ts';

const own = ownReader();
const { docker } = own;

async function inside(command: string): Promise<string> {
  const { text, code } = await own.reader.run(command);
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${text}`);
  return text.replace(/\x1b\[[0-9;?]*[a-zA-Z]/g, '').trim();
}

test('the reader is user reader, in the workspace, with the five files', async () => {
  expect(await inside('id -un; id -u; pwd')).toBe('reader\r\n1000\r\n/home/reader/workspace');
  const files = (await inside('ls -1')).split(/\s+/);
  expect(files).toEqual(
    expect.arrayContaining(['app.go', 'go.mod', 'go.sum', 'Dockerfile.single_stage', 'Dockerfile.multi_stage']),
  );
  expect(await inside('touch app.go && echo writable')).toBe('writable');
});

test('no process of the session has more than SETUID and SETGID to bound it, PID 1 included', async () => {
  // SETGID is bit 6, SETUID is bit 7 of a capability set: linux/capability.h.
  expect(await inside("grep -h '^Cap' /proc/1/status /proc/self/status | sort -u")).toBe(
    [
      'CapAmb:\t0000000000000000',
      'CapBnd:\t00000000000000c0',
      'CapEff:\t0000000000000000',
      'CapInh:\t0000000000000000',
      'CapPrm:\t0000000000000000',
    ].join('\r\n'),
  );
  expect(await inside("awk '/^Uid/ {print $2, $3, $4, $5}' /proc/1/status")).toBe('1000 1000 1000 1000');
});

test('not privileged, by the host engine’s own word', async () => {
  const [container] = await docker.listContainers({ filters: { label: [`slipway.session=${own.reader.session}`] } });
  const { HostConfig, Config } = await docker.getContainer(container?.Id ?? '').inspect();
  expect(HostConfig.Privileged).toBe(false);
  expect(HostConfig.CapDrop).toEqual(['ALL']);
  expect((HostConfig.CapAdd as string[]).map((c) => c.replace(/^CAP_/, '')).sort()).toEqual(['SETGID', 'SETUID']);
  expect(HostConfig.ReadonlyRootfs).toBe(true);
  expect(Config.User).toMatch(/^(reader|1000(:1000)?)$/);
  const [network] = Object.keys((await docker.getContainer(container?.Id ?? '').inspect()).NetworkSettings.Networks);
  expect(network).toContain(own.reader.session);
});

test('the user and network namespaces are the session’s own, and the engine’s another again', async () => {
  for (const kind of ['user', 'net', 'pid', 'mnt', 'ipc', 'uts']) {
    expect(await inside(`readlink /proc/self/ns/${kind}`)).not.toBe(readlinkSync(`/proc/self/ns/${kind}`));
  }
  const shell = await inside('readlink /proc/self/ns/user');
  const engine = await inside('readlink /proc/$(pgrep -o -x dockerd)/ns/user');
  expect(engine).toMatch(/^user:\[\d+\]$/);
  expect(engine).not.toBe(shell);
});

test('the root file system is read-only and nothing in it is setuid', async () => {
  expect((await own.reader.run('touch /usr/x')).text).toContain('Read-only file system');
  expect(await inside('find / -xdev -perm /6000 -type f 2>/dev/null; true')).toBe('');
});

test.each([
  ['bpf', 321],
  ['perf_event_open', 298],
  ['io_uring_setup', 425],
  ['userfaultfd', 323],
  ['open_by_handle_at', 304],
  ['kexec_load', 246],
  ['init_module', 175],
  ['iopl', 172],
  ['swapon', 167],
  ['reboot', 169],
  ['settimeofday', 164],
  ['acct', 163],
  ['quotactl', 179],
  ['fanotify_init', 300],
  ['syslog', 103],
  ['add_key', 248],
  ['request_key', 249],
])('the seccomp profile refuses %s', async (_name, number) => {
  // With arguments the kernel would refuse otherwise: EFAULT, EINVAL or EBADF would show that the call got through.
  expect(await inside(`perl -e '$r = syscall(${number}, -1, -1, -1, -1, -1); print $! + 0'`)).toBe('1');
});

test.each([
  ['AF_VSOCK', 40],
  ['AF_ALG', 38],
])('the seccomp profile refuses sockets of %s', async (_name, family) => {
  // EAFNOSUPPORT is 97.
  expect(await inside(`perl -e 'socket(my $s, ${family}, 5, 0); print $! + 0'`)).toMatch(/^(97|1)$/);
});

test('the engine is the session’s own: it knows no container of the host', async () => {
  expect(await inside('docker ps -aq | wc -l')).toBe('0');
  expect(await inside("docker info --format '{{.SecurityOptions}}'")).toContain('name=rootless');
});

test('the shell is comfortable', async () => {
  for (const program of ['git', 'nano', 'vim', 'less', 'tree', 'jq', 'curl']) {
    expect(await inside(`command -v ${program}`)).toMatch(/^\/usr\//);
  }
  expect(await inside('tput colors')).toBe('256');
  own.reader.output.clear();
  own.reader.type('docker imag\t');
  await own.reader.output.until(/imag\x07?e/);
  own.reader.type('\x15');
});
