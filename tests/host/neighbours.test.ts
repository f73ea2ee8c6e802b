/** Two readers beside one another on the real host: what one does with all the rights a session gives, the other does not feel. */
import { readFileSync } from 'node:fs';
import { release } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Gateway } from '../support/gateway.ts';
import { dockerHost } from '../support/host.ts';
import { removeSessions } from '../../sandbox/host/launch/clean-up.ts';
import { Reader } from '../../verify/reader.ts';

const docker = dockerHost();
let gateway: Gateway;
let one: Reader;
let two: Reader;
beforeAll(async () => {
  gateway = await Gateway.start();
  one = new Reader(gateway.origin);
  two = new Reader(gateway.origin);
  for (const reader of [one, two]) {
    await reader.connect();
    await reader.engineReady();
  }
});
afterAll(async () => {
  for (const reader of [one, two]) {
    await reader.end();
    await reader[Symbol.asyncDispose]();
  }
  await gateway[Symbol.asyncDispose]();
  await removeSessions(docker, gateway.instance);
});

const plain = (text: string) => text.replace(/\x1b\[[0-9;?]*[a-zA-Z]/g, '').trim();
const inside = async (reader: Reader, command: string) => plain((await reader.run(command)).text);

/** Runs a script as root of the reader's own engine, with every right that engine can give. */
function asNestedRoot(reader: Reader, script: string): Promise<string> {
  const rights = '--pid=host --net=host --ipc=host --uts=host --cap-add=ALL -v /:/host';
  const open = '--security-opt seccomp=unconfined --security-opt systempaths=unconfined';
  return inside(reader, `docker run --rm ${rights} ${open} golang:1.26.8 sh -c '${script}' 2>&1`);
}

const GO = '$(ls /golden/overlay2/*/diff/usr/local/go/bin/go)';

test('a reader cannot lease a file of the golden store, which would hold up everybody who opens it', async () => {
  // F_SETLEASE is 1024, F_WRLCK 1; with a bit above the 32 that the kernel reads, too. EPERM is 1.
  for (const command of ['1024', '1024 + 2**32']) {
    const script = `open($h, "<", shift) or die; $r = syscall(72, fileno($h), ${command}, 1); print "$r ", $! + 0, "\\n"`;
    expect(await inside(one, `perl -e '${script}' ${GO}`)).toBe('-1 1');
  }
});

test('root in a reader’s own containers can write neither the golden store nor the gateway’s folder, however it is mounted', async () => {
  const tries = ['/host/golden', '/host/run/.ro*/slipway'].map(
    (place) =>
      `for d in ${place}; do test -d $d || exit 9; mount -o remount,bind,rw $d; umount $d; mkdir -p /b; mount --bind $d /b && ` +
      `mount -o remount,bind,rw /b; for t in $d /b; do touch $t/x && echo WRITTEN $t; rm -f $t/gateway.sock; done; umount /b; done`,
  );
  const said = await asNestedRoot(one, `${tries.join('; ')}; ls /host/run/.ro*/slipway; echo over`);
  expect(said).not.toContain('WRITTEN');
  expect(said).toMatch(/^gateway\.sock\s+over\r?$/m);
}, 60_000);

test('root in a reader’s own containers can make no device, mount no sysfs and move no control group', async () => {
  const said = await asNestedRoot(
    one,
    'exec 2>&1; mknod /d b 8 0 && echo MADE; mkdir /s /c; mount -t sysfs s /s && echo MOUNTED; for t in debugfs tracefs securityfs devtmpfs; do ' +
      'mount -t $t none /s && echo MOUNTED $t; done; unshare -C sh -c "mount -t cgroup -o pids c /c || mount -t cgroup2 c /c; ' +
      'mkdir /c/x && echo MADE; echo 1 >/c/cgroup.procs && echo MOVED"; echo over',
  );
  expect(said).not.toMatch(/MADE|MOUNTED|MOVED/);
  expect(said).toMatch(/^over\r?$/m);
}, 60_000);

test('kernel settings that a reader can write are that session’s own', async () => {
  const settings = ['net/ipv4/ip_default_ttl', 'net/core/somaxconn', 'net/netfilter/nf_conntrack_generic_timeout'];
  const files = settings.map((name) => `/proc/sys/${name}`).join(' ');
  const host = () => [...settings, 'kernel/pid_max'].map((name) => readFileSync(`/proc/sys/${name}`, 'utf8'));
  const before = { host: host(), two: await inside(two, `cat ${files}`) };
  const said = await asNestedRoot(
    one,
    `for f in ${files}; do echo 77777 >$f 2>/dev/null || echo 77 >$f && echo set; done`,
  );
  expect(said.match(/set/g)?.length).toBeGreaterThanOrEqual(3);
  expect(host()).toEqual(before.host);
  expect(await inside(two, `cat ${files}`)).toBe(before.two);
}, 60_000);

/** Linux 6.14 counts processes by namespace; before that it takes control groups. */
const countsByNamespace = () => {
  const [major = 0, minor = 0] = release().split('.').map(Number);
  return major > 6 || (major === 6 && minor >= 14);
};

test.runIf(countsByNamespace())(
  'a reader who starts processes without end runs out of them before anybody else',
  async () => {
    const bomb =
      'while ($n < 3000) { $p = fork(); last unless defined $p; if (!$p) { sleep 60; exit } push @k, $p; $n++ } ' +
      'print "started $n\n"; sleep 2; kill "KILL", @k; waitpid($_, 0) for @k';
    one.type(`perl -e '${bomb}'\r`);
    const [, started] = await one.output.until(/started (\d+)\r/);
    expect(Number(started)).toBeLessThan(1024);
    expect(await inside(two, 'docker version -f up')).toBe('up');
    expect(await inside(one, 'sleep 3; echo over')).toBe('over');
    expect((await one.run('echo 40000 >/proc/sys/kernel/pid_max')).code).not.toBe(0);
  },
  60_000,
);

test('a reader who rewrites the engine’s state without end is heard a few times a second, and the gateway stays small', async () => {
  await using deaf = new Reader(gateway.origin);
  deaf.cookie = one.cookie;
  await deaf.connect();
  deaf.socket?.pause();
  const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${gateway.pid}/status`, 'utf8'))?.[1]) / 1024;
  const before = memory();
  const heard = one.messages.length;
  await one.run(`yes "$(printf 'ready\\nstopped')" | head -c 20M >>$XDG_RUNTIME_DIR/slipway/engine.states`);
  let most = 0;
  for (let i = 0; i < 40; i++) {
    most = Math.max(most, memory());
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(one.messages.slice(heard).filter(({ type }) => type === 'engine').length).toBeLessThan(300);
  expect(most - before).toBeLessThan(100);
}, 60_000);

test('a reader who removes the workspace still hears of the engine', async () => {
  await two.run('cd / && mv ~/workspace ~/elsewhere');
  two.socket?.terminate();
  await two.closed;
  await two.connect();
  await two.run('echo stopped >>$XDG_RUNTIME_DIR/slipway/engine.states');
  await expect.poll(() => two.engine, { timeout: 5_000 }).toBe('stopped');
  await two.run('echo ready >>$XDG_RUNTIME_DIR/slipway/engine.states; mv ~/elsewhere ~/workspace');
  await expect.poll(() => two.engine, { timeout: 5_000 }).toBe('ready');
});
