/** The browser of the end-to-end tests: Debian's chromium, installed when it is missing and we may. */
import { existsSync } from 'node:fs';
import { run } from './steps.ts';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const packages = ['chromium', 'fonts-liberation'];

/**
 * @returns the path of a Chromium
 * @throws Error with the one line to run, when it is missing and cannot be installed by this user
 */
export async function chromium(env: NodeJS.ProcessEnv): Promise<string> {
  const given = env['CHROMIUM'];
  if (given) return given;
  const found = candidates.find((path) => existsSync(path));
  if (found) return found;
  const line = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (process.getuid?.() !== 0) throw new Error(`The browser tests need Chromium. Run: sudo ${line}`);
  const quiet = { ...env, DEBIAN_FRONTEND: 'noninteractive' };
  if ((await run('apt-get', ['update', '-qq'], quiet)) !== 0) throw new Error('apt-get update failed');
  if ((await run('sh', ['-c', `${line} > /dev/null`], quiet)) !== 0) throw new Error(`failed: ${line}`);
  return '/usr/bin/chromium';
}
