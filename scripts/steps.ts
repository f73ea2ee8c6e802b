/** The parts of `npm test`: each runs a command, shows its output, and reads how many of its tests passed. */
import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';

export type Tally = { name: string; passed: number; failed: number; seconds: number };

type Counts = { passed: number; failed: number };

/** A command, and when its output is shown: as it comes, or in one piece at its end, where it runs beside another. */
export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly shown: 'at once' | 'at its end';
}

/**
 * Runs a command.
 * @param output what it says is added to it; left out: it is shown as it comes
 * @returns its exit code, 1 when a signal ended it
 */
export async function run(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  output?: Buffer[],
): Promise<number> {
  const child = spawn(command, args, { stdio: output ? ['ignore', 'pipe', 'pipe'] : 'inherit', env });
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => output?.push(chunk));
  child.once('error', reject);
  child.once('close', (code) => resolve(code ?? 1));
  return promise;
}

/** A command that is one test: it passes when it ends with 0. */
export async function oneTest(name: string, command: Command): Promise<Tally> {
  return timed(name, command, async (output) =>
    (await run(command.command, command.args, command.env, output)) === 0
      ? { passed: 1, failed: 0 }
      : { passed: 0, failed: 1 },
  );
}

/** A runner that writes its counts to a JSON file. A runner that fails, or counts nothing, is a failure of its own. */
export async function counted(
  name: string,
  command: Command,
  file: string,
  read: (report: unknown) => Counts,
): Promise<Tally> {
  return timed(name, command, async (output) => {
    await rm(file, { force: true });
    const code = await run(command.command, command.args, command.env, output);
    const counts = await readFile(file, 'utf8')
      .then((text) => read(JSON.parse(text)))
      .catch(() => ({ passed: 0, failed: 0 }));
    const silent = counts.failed === 0 && (code !== 0 || counts.passed === 0);
    return silent ? { ...counts, failed: 1 } : counts;
  });
}

async function timed(
  name: string,
  { shown }: Command,
  work: (output: Buffer[] | undefined) => Promise<Counts>,
): Promise<Tally> {
  const output: Buffer[] | undefined = shown === 'at its end' ? [] : undefined;
  console.log(`\n── ${name}${output ? ' begins; its output follows at its end' : ''} ──`);
  const begun = performance.now();
  const counts = await work(output);
  if (output) {
    console.log(`\n── ${name}, ended ──`);
    process.stdout.write(Buffer.concat(output));
  }
  return { name, ...counts, seconds: (performance.now() - begun) / 1000 };
}
