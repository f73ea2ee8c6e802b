/** `npm test`: everything there is to prove, on this machine, with its own set-up; closes with one line of counts. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { chromium } from './chromium.ts';
import { Launcher } from './launcher.ts';
import { readPlaywright, readVerify, readVitest } from './reports.ts';
import { counted, oneTest, type Command, type Tally } from './steps.ts';

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

type Shown = Command['shown'];
const check = async (name: string, script: string, shown: Shown) =>
  oneTest(name, { command: 'npm', args: ['run', '--silent', script], env, shown });
const vitest = async (name: string, more: NodeJS.ProcessEnv, ...args: string[]) => {
  const file = join('test-results', `${name.replaceAll(' ', '-')}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const all = ['run', ...args, ...reporters];
  return counted(name, { command: 'vitest', args: all, env: { ...env, ...more }, shown: 'at once' }, file, readVitest);
};
const playwright = async (name: string, more: NodeJS.ProcessEnv, project: string, shown: Shown) => {
  const file = join('test-results', `${name.replaceAll(' ', '-')}.json`);
  const args = ['test', '--project', project, '--output', `test-results/${project.replaceAll(' ', '-')}`];
  const own = { ...env, ...more, PLAYWRIGHT_JSON_OUTPUT_FILE: file };
  return counted(name, { command: 'playwright', args, env: own, shown }, file, readPlaywright);
};

/** What needs no sandbox: what only reads the sources, and beside it what runs them. */
async function withoutHost(): Promise<Tally[]> {
  const reading = async () => {
    const types = await check('types', 'check:types', 'at its end');
    const lint = await check('lint', 'check:lint', 'at its end');
    const arrows = await check('import arrows', 'check:arrows', 'at its end');
    return [types, lint, arrows, await check('formatting', 'check:format', 'at its end')];
  };
  const [read, unit] = await Promise.all([reading(), vitest('unit tests', {})]);
  return [...read, unit];
}

/** The product itself. What measures neither time nor load goes beside the lessons, which wait for builds; the rest has the machine alone. */
async function withHost(url: string): Promise<Tally[]> {
  const host = { BASE_URL: url, CHROMIUM: await chromium(env) };
  const verify = [join(ROOT, 'verify/main.ts'), '--check'];
  const lessons: Command = {
    command: process.execPath,
    args: verify,
    env: { ...env, BASE_URL: url },
    shown: 'at once',
  };
  const beside = await Promise.all([
    counted('lessons', lessons, 'test-results/verify.json', readVerify),
    playwright('browser tests', host, 'side by side', 'at its end'),
  ]);
  const onHost = await vitest('host tests', host, '--config', 'vitest.host.config.ts');
  return [...beside, onHost, await playwright('browser tests alone', host, 'alone', 'at once')];
}

const begun = performance.now();
const tallies = await withoutHost();
const settings = { ...env, PORT: String(await freePort()), SLIPWAY_INSTANCE: `test-${process.pid}` };
{
  await using launcher = new Launcher(ROOT, settings);
  const starting = performance.now();
  const live = await launcher.live(START_WITHIN_MS);
  const seconds = (performance.now() - starting) / 1000;
  tallies.push({ name: 'npm start', passed: Number(live), failed: Number(!live), seconds });
  tallies.push(await check('links', 'check:links', 'at once'));
  if (live) tallies.push(...(await withHost(launcher.url)));
  const code = await launcher.stop();
  tallies.push({ name: 'Ctrl-C ends it with 0', passed: Number(code === 0), failed: Number(code !== 0), seconds: 0 });
}

console.log('');
for (const { name, passed, failed, seconds } of tallies) {
  console.log(
    `${name.padEnd(24)} ${String(passed).padStart(4)} passed ${String(failed).padStart(4)} failed ${seconds.toFixed(0).padStart(5)} s`,
  );
}
console.log(`${'all, some side by side'.padEnd(52)} ${((performance.now() - begun) / 1000).toFixed(0).padStart(5)} s`);
const sum = (of: 'passed' | 'failed') => tallies.reduce((total, tally) => total + tally[of], 0);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') === 0 ? 0 : 1;
