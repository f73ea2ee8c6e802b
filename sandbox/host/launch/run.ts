/** Runs a program to its end. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Failure } from '../failure.ts';

export type RunOptions = {
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** Run as somebody else; for root alone. */
  uid?: number;
  gid?: number;
  signal?: AbortSignal;
  /** Each line of output, of either kind. */
  onLine?: (line: string) => void;
};

/**
 * @returns what it wrote to standard output
 * @throws Failure with its last lines when it does not end with 0
 */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.env ? { env: options.env } : {}),
    ...(options.cwd ? { cwd: options.cwd } : {}),
    ...(options.uid === undefined ? {} : { uid: options.uid }),
    ...(options.gid === undefined ? {} : { gid: options.gid }),
    ...(options.signal ? { signal: options.signal } : {}),
  });
  const output: string[] = [];
  const lines: string[] = [];
  const heard = (line: string) => {
    lines.push(line);
    options.onLine?.(line);
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    output.push(line);
    heard(line);
  });
  createInterface({ input: child.stderr }).on('line', heard);
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) =>
      code === 0
        ? resolve()
        : reject(new Failure(`${command} ${args.join(' ')} ended with ${code ?? signal ?? ''}`, lines.slice(-15))),
    );
  });
  return output.join('\n');
}
