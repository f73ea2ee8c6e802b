/** The gateway's process: started as its person, started again when it dies, stopped when asked. */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../failure.ts';
import { health } from './port.ts';
import type { Person } from './person.ts';

const READY_WITHIN_MS = 30_000;
const STOP_WITHIN_MS = 10_000;
/** Pauses before a new start, in milliseconds; one that has lived longer than STEADY_MS starts over. */
const PAUSES = [200, 500, 1_000, 2_000, 5_000, 10_000];
const STEADY_MS = 60_000;

export type GatewayOptions = {
  node: string;
  /** The project, or its copy. */
  root: string;
  person: Person;
  env: NodeJS.ProcessEnv;
  url: string;
  log: string;
  note: (line: string) => void;
};

export interface Gateway extends AsyncDisposable {
  /** Waits until it answers; gives its mode. */
  ready(signal: AbortSignal): Promise<'live' | 'recorded'>;
}

/** Starts the gateway and keeps it running until it is disposed of. */
export function runGateway(options: GatewayOptions): Gateway {
  const stopping = new AbortController();
  let child: ChildProcess | undefined;
  let failure: string | undefined;
  const stopped = () => stopping.signal.aborted;
  const kept = (async () => {
    for (let deaths = 0; !stopped(); deaths++) {
      const since = Date.now();
      child = start(options);
      const how = await end(child);
      if (stopped()) return;
      if (Date.now() - since > STEADY_MS) deaths = 0;
      const pause = PAUSES[Math.min(deaths, PAUSES.length - 1)] ?? 0;
      failure = `the gateway ${how}`;
      options.note(`${failure}; it is started again in ${pause / 1000} s. Its log: ${options.log}`);
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  })();
  return {
    async ready(signal) {
      const until = Date.now() + READY_WITHIN_MS;
      while (Date.now() < until) {
        signal.throwIfAborted();
        const mode = await health(options.url);
        if (mode) return mode;
        await sleep(50);
      }
      const tail = (await readFile(options.log, 'utf8').catch(() => '')).trimEnd().split('\n').slice(-8);
      throw new Failure(failure ?? `the gateway did not answer at ${options.url}`, tail);
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      child?.kill('SIGTERM');
      child?.stdin?.end();
      const late = setTimeout(() => child?.kill('SIGKILL'), STOP_WITHIN_MS);
      await kept;
      clearTimeout(late);
    },
  };
}

function start({ node, root, person, env, log }: GatewayOptions): ChildProcess {
  const output = openSync(log, 'a');
  const main = join(root, 'sandbox/main.ts');
  const child = spawn(node, [main], {
    ...(process.getuid?.() === person.uid ? {} : { uid: person.uid, gid: person.gid }),
    cwd: root,
    env: { ...env, SLIPWAY_SUPERVISED: '1' },
    detached: true,
    // It ends when its standard input does, so it never outlives the launcher and never keeps the port.
    stdio: ['pipe', output, output],
  });
  closeSync(output);
  return child;
}

function end(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(`did not start (${error.message})`));
    child.once('exit', (code, signal) => resolve(signal ? `was ended by ${signal}` : `ended with ${code ?? ''}`));
  });
}
