/** A gateway of a test's own: the real process on a free port, with an instance name of its own on the real host. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '../../scripts/free-port.ts';

export const ROOT = join(import.meta.dirname, '..', '..');

/** Only what a test asks for: no sessions ahead of demand, no port beside its own. */
const bare = { SLIPWAY_POOL_MAX: '0', SLIPWAY_METRICS_PORT: '0' };

export class Gateway implements AsyncDisposable {
  readonly port: number;
  readonly env: Record<string, string>;
  log = '';
  #process: ChildProcess | undefined;

  private constructor(port: number, env: Record<string, string>) {
    this.port = port;
    this.env = env;
  }

  /** Starts `sandbox/main.ts` and resolves once /healthz says what is expected. */
  static async start(env: Record<string, string> = {}, mode: 'live' | 'recorded' = 'live'): Promise<Gateway> {
    const instance = `test-${Math.random().toString(36).slice(2, 10)}`;
    const gateway = new Gateway(await freePort(), { ...bare, SLIPWAY_INSTANCE: instance, ...env });
    try {
      await gateway.restart(mode);
    } catch (error) {
      await gateway.stop('SIGKILL');
      throw error;
    }
    return gateway;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get instance(): string {
    return this.env['SLIPWAY_INSTANCE'] ?? '';
  }

  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  /** Starts the process again, on the same port with the same settings. */
  async restart(mode: 'live' | 'recorded' = 'live'): Promise<void> {
    const child = spawn(process.execPath, [join(ROOT, 'sandbox/main.ts')], {
      cwd: ROOT,
      env: { ...process.env, ...this.env, PORT: String(this.port), HOST: '127.0.0.1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    child.stdout.on('data', (chunk: Buffer) => (this.log += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (this.log += chunk.toString()));
    const deadline = performance.now() + 30_000;
    for (;;) {
      if (child.exitCode !== null) throw new Error(`gateway ended with ${child.exitCode}:\n${this.log}`);
      if ((await this.#mode()) === mode) return;
      if (performance.now() > deadline) throw new Error(`gateway not ${mode}:\n${this.log}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Ends the process as a crash does, or as a polite stop does. */
  async stop(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop('SIGTERM');
  }

  async #mode(): Promise<string | undefined> {
    try {
      const response = await fetch(`${this.origin}/healthz`);
      const body = (await response.json()) as { mode?: string };
      return body.mode;
    } catch {
      return undefined;
    }
  }
}
