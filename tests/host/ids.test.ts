/** The ids of a session's user namespace: all that images use, and none that a file or process outside belongs to. */
import { expect, test } from 'vitest';
import { ownReader } from '../support/own.ts';

const own = ownReader();

async function inside(command: string): Promise<string> {
  return (await own.reader.run(command)).text.replace(/\x1b\[[0-9;?]*[a-zA-Z]/g, '').trim();
}

/** Runs a script in a container of the reader's that sees the session's own file system. */
const seeing = (user: string, script: string) =>
  inside(`docker run --rm -u ${user} --cap-add=ALL -v /:/host debian:trixie-slim sh -c '${script}' 2>&1`);

test('the engine has every id from 0 to 65535, and neither the container’s root nor the reader but as its own root', async () => {
  for (const map of ['uid_map', 'gid_map']) {
    const rows = (await inside(`docker run --rm debian:trixie-slim cat /proc/self/${map}`)).split('\n');
    const ranges = rows.map((row) => row.trim().split(/\s+/).map(Number));
    expect(ranges).toEqual([
      [0, 1000, 1],
      [1, 1, 999],
      [1000, 1001, 64536],
    ]);
  }
});

test('newuidmap gives nobody the container’s root', async () => {
  const said = await inside('(unshare -U sleep 5 & newuidmap $! 0 0 1; newgidmap $! 0 0 1; kill $!)');
  expect(said.match(/not allowed/g)).toHaveLength(2);
});

test('no file of the world belongs to an id that the reader can become', async () => {
  const others = '\\( -not -uid 0 -not -uid 1000 -o -not -gid 0 -not -gid 1000 \\)';
  expect(await inside(`find / -xdev ${others} -not -path /proc -not -path /sys -not -path '/dev*' 2>/dev/null`)).toBe(
    '',
  );
});

test('a reader’s container reads nothing of the session’s root by a system group’s id', async () => {
  for (const user of ['0:0', '0:42', '1:42', '65534:65534'])
    expect(await seeing(user, 'cat /host/etc/shadow')).toContain('Permission denied');
});

test('the session’s root file system cannot be written by any id', async () => {
  // The engine sees a copy of /etc in memory; the image's own lies in a folder of it.
  const script =
    'mount -o remount,bind,rw /host; mount -o remount,rw /host; chmod 4755 /host/usr/bin/env; cd /host/etc/.ro*; chown 0:0 passwd; ' +
    'for d in . / /var/mail /var/local /usr/local/lib/slipway; do [ $d = . ] || d=/host$d; touch $d/x && echo WRITTEN $d; done; stat -c %u:%g passwd';
  const said = await seeing('0', script);
  expect(said.match(/Read-only file system/g)?.length).toBeGreaterThanOrEqual(6);
  expect(said).not.toContain('WRITTEN');
  expect(said).toMatch(/65534:65534$/);
});
