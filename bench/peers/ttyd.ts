/** ttyd (github.com/tsl0922/ttyd) running `docker exec -it`: Debian's package, with the libraries it was built for, run from a folder. */
import { execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../scripts/free-port.ts';
import { ROOT } from '../../tests/support/gateway.ts';
import type { Peer } from '../line.ts';
import { connected, WebSocketLine } from './web-socket.ts';

const MIRROR = process.env['SLIPWAY_DEBIAN_MIRROR'] ?? 'http://deb.debian.org/debian';
const FOLDER = join(ROOT, '.slipway/bench/ttyd');
/** The letter before input and before output: github.com/tsl0922/ttyd, src/server.h. */
const BYTES = '0';

/**
 * Starts ttyd for a session's container; fetches it the first time.
 * @throws Error saying what is missing: the package mmdebstrap, the mirror, the docker command
 */
export async function ttyd(address: string, container: string): Promise<Peer & Disposable> {
  const libraries = await installed();
  const loader = (await readdir(libraries)).find((name) => name.startsWith('ld-linux')) ?? '';
  const port = String(await freePort());
  const shell = ['docker', '--host', address, 'exec', '-it', '-e', 'TERM=xterm-256color', container, 'bash', '-l'];
  const own = [join(FOLDER, 'usr/bin/ttyd'), '-W', '-i', '127.0.0.1', '-p', port, ...shell];
  const child = spawn(join(libraries, loader), ['--library-path', libraries, ...own], {
    // Where libwebsockets looks for its event loops.
    cwd: libraries,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stderr })) {
    lines.push(line);
    if (line.includes(`port: ${port}`)) break;
  }
  if (child.exitCode !== null) throw new Error(`ttyd ended:\n${lines.join('\n')}`);
  child.stderr.resume();
  return {
    name: 'ttyd, `docker exec -it`',
    open: async () => {
      const socket = await connected(`ws://127.0.0.1:${port}/ws`, ['tty']);
      const line = new WebSocketLine(socket, BYTES);
      socket.send(JSON.stringify({ AuthToken: '', columns: 100, rows: 30 }));
      return line;
    },
    [Symbol.dispose]: () => void child.kill(),
  };
}

/** @returns the folder of its libraries */
async function installed(): Promise<string> {
  const there = await libraryFolder();
  if (there !== undefined) return there;
  await rm(FOLDER, { recursive: true, force: true });
  const partly = `${FOLDER}.partly`;
  await rm(partly, { recursive: true, force: true });
  await mkdir(partly, { recursive: true });
  // Debian's oldest release with a package of it is the one being made; its lists may be a few days old on a mirror.
  const fetch = `mmdebstrap --quiet --variant=extract --format=tar --aptopt='Acquire::Check-Valid-Until "false"' --include=ttyd sid - "$0"`;
  await promisify(execFile)('bash', [
    '-o',
    'pipefail',
    '-c',
    `${fetch} | tar -x -C "$1" --no-same-owner --exclude='./dev/*'`,
    MIRROR,
    partly,
  ]);
  await rename(partly, FOLDER);
  const made = await libraryFolder();
  if (made === undefined) throw new Error(`no libraries in ${FOLDER}`);
  return made;
}

async function libraryFolder(): Promise<string | undefined> {
  const all = await readdir(join(FOLDER, 'usr/lib')).catch(() => []);
  const name = all.find((one) => one.endsWith('-linux-gnu'));
  return name === undefined ? undefined : join(FOLDER, 'usr/lib', name);
}
