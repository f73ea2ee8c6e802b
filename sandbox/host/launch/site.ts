/** The site's pages: built when their sources are newer than what is in dist/. */
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Steps } from '../progress/steps.ts';
import { run } from './run.ts';
import { fingerprint } from './tree.ts';

const SOURCES = [
  'src',
  'public',
  'sandbox/protocol',
  'astro.config.mjs',
  'ec.config.mjs',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
  'scripts/compress.ts',
];

/**
 * Builds the site unless dist/ was built from these very sources.
 * @param root the project's directory
 * @throws Error with the build's last lines
 */
export async function buildSite(root: string, steps: Steps, signal: AbortSignal): Promise<void> {
  const stamp = join(root, '.slipway/site');
  // A draft of the same sources is another site.
  const sources = `${await fingerprint(root, SOURCES)}${process.env['SLIPWAY_DRAFT'] === '1' ? ' draft' : ''}`;
  const built = await readFile(stamp, 'utf8').catch(() => '');
  const there = await stat(join(root, 'dist/index.html')).catch(() => undefined);
  if (there && built === sources) return;
  await steps.step('Site', (say) =>
    run('npm', ['run', '--silent', 'build'], {
      cwd: root,
      env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1' },
      signal,
      onLine: (line) => say(line.replace(/^[\d:]+ /, '').trim()),
    }),
  );
  await mkdir(join(root, '.slipway'), { recursive: true });
  await writeFile(stamp, sources);
}
