/** The product under test: `npm start`'s launcher on a free port, as an instance of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { health } from '../sandbox/protocol/messages.ts';

export class Launcher implements AsyncDisposable {
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;

  /** Starts it; its progress is shown. @param env PORT and SLIPWAY_INSTANCE decide where and as what @param args as start.ts takes them */
  constructor(root: string, env: NodeJS.ProcessEnv, args: readonly string[] = []) {
    this.url = `http://127.0.0.1:${env['PORT'] ?? ''}`;
    this.#child = spawn(process.execPath, ['sandbox/start.ts', ...args], {
      cwd: root,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    this.#ended = once(this.#child, 'exit');
  }

  /** @returns whether readers can have sandboxes; false when it ended or was not live in time */
  async live(withinMs: number): Promise<boolean> {
    const until = performance.now() + withinMs;
    while (performance.now() < until && this.#child.exitCode === null) {
      const mode = await fetch(`${this.url}/healthz`)
        .then(async (response) => health.parse(await response.json()).mode)
        .catch(() => undefined);
      if (mode === 'live') return true;
      await sleep(250);
    }
    return false;
  }

  /** Presses Ctrl-C. @returns its exit code, or the signal that ended it */
  async stop(): Promise<number | string> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#child.kill('SIGINT');
      await this.#ended;
    }
    return this.#child.exitCode ?? this.#child.signalCode ?? 'unknown';
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}
