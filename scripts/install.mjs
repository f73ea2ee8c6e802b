/** Before every command: the project's packages are installed when they are missing or older than package-lock.json. Plain Node 20, no packages. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.slipway-lock');
const program = join(modules, '.bin/node');
const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
const wanted = `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}`;

process.exitCode = upToDate() ? 0 : install();

function upToDate() {
  if (read(stamp) === wanted && existsSync(program)) return true;
  if (!existsSync(program) || !sameAsLock()) return false;
  writeFileSync(stamp, wanted);
  return true;
}

/** Whether npm's own record of what it installed is what the lock file asks for; packages for other systems are not there. */
function sameAsLock() {
  try {
    const installed = JSON.parse(read(join(modules, '.package-lock.json'))).packages;
    return Object.entries(JSON.parse(lock).packages).every(
      ([name, { version, integrity, optional }]) =>
        name === '' ||
        (installed[name] === undefined && optional === true) ||
        (installed[name]?.version === version && installed[name]?.integrity === integrity),
    );
  } catch {
    return false;
  }
}

function install() {
  if (Number(process.versions.node.split('.')[0]) < 20)
    return fail(`Node ${process.versions.node} is too old to set Slipway up: install Node 20 or later.`);
  console.log("· Installing the project's packages with npm ci (a minute or so the first time)");
  const begun = performance.now();
  const cli = process.env.npm_execpath;
  const [command, first] = cli?.endsWith('.js') ? [process.execPath, [cli]] : ['npm', []];
  const args = [...first, 'ci', '--no-fund', '--no-audit', '--loglevel=error'];
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  const again = 'Mend that, then run the same command again; "npm ci" alone shows it in full.';
  if (error) return fail(`npm could not be run (${error.message}). Is it installed?`);
  if (status !== 0) return fail(`npm ci ended with ${status}: its words are above. ${again}`);
  if (!existsSync(program)) return fail(`npm ci brought no Node for ${process.platform}-${process.arch}. ${again}`);
  writeFileSync(stamp, wanted);
  console.log(`✓ Packages installed (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
  return 0;
}

function fail(words) {
  console.error(words);
  return 1;
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
