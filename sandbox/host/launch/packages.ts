/** Installs system packages with apt, without starting what they bring. */
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { Failure } from '../failure.ts';
import type { Say } from '../progress/steps.ts';
import { run } from './run.ts';
import { which } from './programs.ts';

const POLICY = '/usr/sbin/policy-rc.d';
/** Services of the packages that would run an engine as root. */
const SERVICES = ['docker.service', 'docker.socket', 'containerd.service'];

/**
 * Installs packages. Services they would start are kept from starting, now and at the next boot.
 * @param log file for apt's own words
 * @throws Failure with apt's last lines
 */
export async function installPackages(
  names: readonly string[],
  options: { log: string; path: string },
  say: Say,
): Promise<void> {
  say('reading the package lists');
  await apt(['update'], options, say);
  const quiet = await keepServicesFromStarting();
  try {
    await apt(['install', '-y', '--no-install-recommends', ...names], options, say);
  } finally {
    if (quiet) await rm(POLICY, { force: true });
  }
  if (names.includes('docker.io') && which('systemctl', options.path)) await disableServices();
}

async function apt(args: readonly string[], options: { log: string; path: string }, say: Say): Promise<void> {
  const child = spawn('apt-get', ['-o', 'APT::Status-Fd=3', '-o', 'DPkg::Lock::Timeout=120', ...args], {
    env: { ...process.env, PATH: options.path, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    // Not in the terminal's foreground: Ctrl-C must not break an installation off in the middle.
    detached: true,
  });
  const log = createWriteStream(options.log, { flags: 'a' });
  const lines: string[] = [];
  for (const output of [child.stdout, child.stderr] as Readable[]) {
    output.pipe(log, { end: false });
    createInterface({ input: output }).on('line', (line) => lines.push(line));
  }
  createInterface({ input: child.stdio[3] as Readable }).on('line', (line) => {
    const detail = readStatus(line);
    if (detail) say(detail);
  });
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0
        ? resolve()
        : reject(new Failure(`apt-get ${args.join(' ')} failed; all of it is in ${options.log}`, lines.slice(-12))),
    );
  });
  log.end();
}

/** What a line of apt's status descriptor says: `kind:what:percent:words`; source: apt's README.progress-reporting. */
export function readStatus(line: string): string | undefined {
  const [kind, , percent, ...words] = line.split(':');
  if (kind !== 'dlstatus' && kind !== 'pmstatus') return undefined;
  const part = kind === 'dlstatus' ? 'fetching' : 'installing';
  return `${part} ${Math.floor(Number(percent))} %, ${words.join(':').trim()}`;
}

/** invoke-rc.d asks this script; 101 forbids the action. One that is there already has its own say. */
async function keepServicesFromStarting(): Promise<boolean> {
  const there = await readFile(POLICY).then(
    () => true,
    () => false,
  );
  if (there) return false;
  await writeFile(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  return true;
}

async function disableServices(): Promise<void> {
  for (const service of SERVICES)
    await run('systemctl', ['disable', '--now', service])
      .catch(() => run('systemctl', ['disable', service]))
      .catch(() => '');
}
