/** The parts of `npm test`: each runs a command, shows its output as it comes, and reads how many of its tests passed. */
import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';

export type Tally = { name: string; passed: number; failed: number; seconds: number };

/** Runs a command with the project's own programs first on PATH. @returns its exit code, 1 when a signal ended it */
export async function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(command, args, { stdio: 'inherit', env });
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  child.once('error', reject);
  child.once('exit', (code) => resolve(code ?? 1));
  return promise;
}

/** A command that is one test: it passes when it ends with 0. */
export async function oneTest(
  name: string,
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Tally> {
  return timed(name, async () =>
    (await run(command, args, env)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 },
  );
}

/** A runner that writes its counts to a JSON file. A runner that fails, or counts nothing, is a failure of its own. */
export async function counted(
  name: string,
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  file: string,
  read: (report: unknown) => { passed: number; failed: number },
): Promise<Tally> {
  return timed(name, async () => {
    await rm(file, { force: true });
    const code = await run(command, args, env);
    const counts = await readFile(file, 'utf8')
      .then((text) => read(JSON.parse(text)))
      .catch(() => ({ passed: 0, failed: 0 }));
    const silent = counts.failed === 0 && (code !== 0 || counts.passed === 0);
    return silent ? { ...counts, failed: 1 } : counts;
  });
}

async function timed(name: string, work: () => Promise<{ passed: number; failed: number }>): Promise<Tally> {
  console.log(`\n── ${name} ──`);
  const begun = performance.now();
  const counts = await work();
  return { name, ...counts, seconds: (performance.now() - begun) / 1000 };
}
