/** `npm test`: everything there is to prove, on this machine, with its own set-up; closes with one line of counts. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { chromium } from './chromium.ts';
import { Launcher } from './launcher.ts';
import { readPlaywright, readVerify, readVitest } from './reports.ts';
import { counted, oneTest, type Tally } from './steps.ts';

const ROOT = join(import.meta.dirname, '..');
const START_WITHIN_MS = 15 * 60_000;

process.chdir(ROOT);
const bin = join(ROOT, 'node_modules/.bin');
const env: NodeJS.ProcessEnv = {
  ...process.env,
  PATH: `${bin}:${process.env['PATH'] ?? ''}`,
  ASTRO_TELEMETRY_DISABLED: '1',
};
await mkdir('test-results', { recursive: true });

const tallies: Tally[] = [];
const check = async (name: string, command: string, ...args: string[]) =>
  tallies.push(await oneTest(name, command, args, env));
const vitest = async (name: string, more: NodeJS.ProcessEnv, ...args: string[]) => {
  const file = join('test-results', `${name.replaceAll(' ', '-')}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  tallies.push(await counted(name, 'vitest', ['run', ...args, ...reporters], { ...env, ...more }, file, readVitest));
};

await check('types', 'npm', 'run', '--silent', 'check:types');
await check('lint', 'npm', 'run', '--silent', 'check:lint');
await check('import arrows', 'npm', 'run', '--silent', 'check:arrows');
await check('formatting', 'npm', 'run', '--silent', 'check:format');
await vitest('unit tests', {});

const settings = { ...env, PORT: String(await freePort()), SLIPWAY_INSTANCE: `test-${process.pid}` };
{
  await using launcher = new Launcher(ROOT, settings);
  const live = await launcher.live(START_WITHIN_MS);
  tallies.push({ name: 'npm start', passed: Number(live), failed: Number(!live), seconds: 0 });
  await check('links', 'npm', 'run', '--silent', 'check:links');
  if (live) {
    const host = { BASE_URL: launcher.url, CHROMIUM: await chromium(env) };
    const measured = 'test-results/verify.json';
    const verify = [join(ROOT, 'verify/main.ts'), '--check'];
    tallies.push(
      await counted('lessons', process.execPath, verify, { ...env, BASE_URL: launcher.url }, measured, readVerify),
    );
    await vitest('host tests', host, '--config', 'vitest.host.config.ts');
    const file = 'test-results/e2e.json';
    tallies.push(await counted('browser tests', 'playwright', ['test'], { ...env, ...host }, file, readPlaywright));
  }
  const code = await launcher.stop();
  tallies.push({ name: 'Ctrl-C ends it with 0', passed: Number(code === 0), failed: Number(code !== 0), seconds: 0 });
}

console.log('');
for (const { name, passed, failed, seconds } of tallies) {
  console.log(
    `${name.padEnd(24)} ${String(passed).padStart(4)} passed ${String(failed).padStart(4)} failed ${seconds.toFixed(0).padStart(5)} s`,
  );
}
const sum = (of: 'passed' | 'failed') => tallies.reduce((total, tally) => total + tally[of], 0);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') === 0 ? 0 : 1;
