/** Debian: from a registry, or a stand-in made by mmdebstrap from a Debian mirror alone, as an ordinary user. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type Dockerode from 'dockerode';
import { buildImage } from './build.ts';
import { tar, textFile } from './context.ts';
import { authorityFiles, type DeriveOptions } from './derive.ts';
import { debian } from './pins.ts';
import { Failure } from '../failure.ts';
import type { Say } from '../progress/steps.ts';
import type { Person } from '../launch/person.ts';

/** Keeps apt from leaving packages and caches in image layers, as Debian's official image does. */
export const aptHabits = [
  'DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };',
  'Dir::Cache::pkgcache "";',
  'Dir::Cache::srcpkgcache "";',
  'Acquire::Languages "none";',
  'Acquire::GzipIndexes "true";',
  'Apt::AutoRemove::SuggestsImportant "false";',
  '',
].join('\n');

/**
 * Bootstraps Debian from the mirror and imports it as an image.
 * @throws Failure with mmdebstrap's last lines
 */
export async function bootstrapDebian(
  docker: Dockerode,
  options: { mirror: string; person: Person; name: string; signal: AbortSignal },
  say: Say,
): Promise<void> {
  const sources = await debianSources(options.mirror);
  const child = spawn('mmdebstrap', ['--mode=unshare', '--variant=minbase', '--format=tar', debian.suite, '-', '-'], {
    ...(process.getuid?.() === options.person.uid ? {} : { uid: options.person.uid, gid: options.person.gid }),
    env: { ...proxyEnvironment(), HOME: '/', TMPDIR: '/tmp', PATH: options.person.path, LANG: 'C.UTF-8' },
    cwd: '/',
    signal: options.signal,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(sources.join('\n') + '\n');
  const lines: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    lines.push(line);
    if (line.startsWith('I: ')) say(line.slice(3).replace(/\.+$/, ''));
  });
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Failure('mmdebstrap failed', lines.slice(-15))),
    );
  });
  const [repo, tag] = options.name.split(':');
  const imported = (async () => {
    const answer = await docker.importImage(child.stdout, { repo, tag, changes: ['CMD ["bash"]'] });
    await new Promise<void>((resolve, reject) => {
      docker.modem.followProgress(answer, (error) => (error ? reject(error) : resolve()));
    });
  })();
  const results = await Promise.allSettled([ended, imported]);
  for (const result of results) if (result.status === 'rejected') throw result.reason as Error;
}

/** Puts what the official image has and mmdebstrap's has not on top, and the machine's own authorities. */
export async function finishDebian(docker: Dockerode, options: DeriveOptions, say: Say): Promise<void> {
  const files = [textFile('apt/slipway-image', aptHabits), ...authorityFiles(options.authorities)];
  const dockerfile = [`FROM ${options.from}`, 'COPY apt/ /etc/apt/apt.conf.d/'];
  if (options.authorities.length > 0) dockerfile.push('COPY ca/ /usr/local/share/ca-certificates/');
  const context = tar([textFile('Dockerfile', dockerfile.join('\n') + '\n'), ...files]);
  await buildImage(docker, context, { name: options.name, labels: options.labels }, say);
}

/** The mirror's suites: updates and security too, where it has them. */
async function debianSources(mirror: string): Promise<string[]> {
  const signed = '[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]';
  const extra = [
    { url: mirror, suite: `${debian.suite}-updates` },
    { url: `${mirror}-security`, suite: `${debian.suite}-security` },
  ];
  const there = await Promise.all(extra.map(({ url, suite }) => answers(`${url}/dists/${suite}/InRelease`)));
  const found = extra.filter((_, index) => there[index]);
  return [{ url: mirror, suite: debian.suite }, ...found].map(({ url, suite }) => `deb ${signed} ${url} ${suite} main`);
}

async function answers(url: string): Promise<boolean> {
  return fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(4_000) }).then(
    (response) => response.ok,
    () => false,
  );
}

function proxyEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => /^(https?|no)_proxy$/i.test(name)));
}
