/** The gateway's process as it is started, where there is no Docker host. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

async function freePort(): Promise<number> {
  await using server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function start(env: Record<string, string>) {
  const port = Number(env['PORT'] ?? (await freePort()));
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      DOCKER_HOST: 'unix:///nonexistent/docker.sock',
      SLIPWAY_STATE: '/nonexistent/state',
      SLIPWAY_METRICS_PORT: '0',
      ...env,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit').then(([code, signal]: (number | string | null)[]) => code ?? signal);
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  const origin = `http://127.0.0.1:${port}`;
  const until = async (path: string): Promise<Response> => {
    const tries = performance.now() + 8_000;
    for (;;) {
      const response = await fetch(origin + path).catch(() => undefined);
      if (response) return response;
      if (performance.now() > tries || child.exitCode !== null)
        throw new Error(`no answer; ${(await output).join('')}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return {
    child,
    ended,
    output,
    until,
    port,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

describe('main.ts', () => {
  it('serves without a host, says why there is no sandbox, and stops politely', async () => {
    await using process = await start({});
    expect(await (await process.until('/healthz')).json()).toEqual({ status: 'ok', mode: 'recorded' });
    expect(await (await process.until('/api/sandbox')).json()).toMatchObject({
      mode: 'recorded',
      problem: { code: 'host-missing', detail: expect.stringContaining('/nonexistent/docker.sock') as string },
    });
    const began = performance.now();
    process.child.kill('SIGTERM');
    expect(await process.ended).toBe(0);
    expect(performance.now() - began).toBeLessThan(3_000);
    const [out, err] = await process.output;
    expect(err).toBe('');
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { msg: string });
    const said = lines.map(({ msg }) => msg);
    // A checkout whose site has not been built says so too, before or after it has looked for a host.
    expect(said.filter((msg) => msg !== 'there is no built site to serve')).toEqual([
      'no host',
      'listening',
      'stopping',
    ]);
  });

  it('ends when the launcher that watches it does', async () => {
    await using supervised = await start({ SLIPWAY_SUPERVISED: '1' });
    await supervised.until('/healthz');
    supervised.child.stdin.destroy();
    expect(await supervised.ended).toBe(0);
  });

  it('does not mind its standard input otherwise', async () => {
    await using alone = await start({});
    await alone.until('/healthz');
    alone.child.stdin.destroy();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(alone.child.exitCode).toBeNull();
  });

  it('refuses a port that is taken, in words, with exit code 1', async () => {
    await using one = await start({});
    await one.until('/healthz');
    await using two = await start({ PORT: String(one.port) });
    expect(await two.ended).toBe(1);
    const [, err] = await two.output;
    expect(err).toBe(
      `Slipway cannot listen on 127.0.0.1 port ${one.port}: something already listens there, perhaps another Slipway: use that one, stop it, or choose another PORT.\n`,
    );
    expect((await one.until('/healthz')).status).toBe(200);
  });

  it('serves metrics on a port of loopback of their own, and where that is taken goes on without', async () => {
    const metrics = await freePort();
    await using one = await start({ SLIPWAY_METRICS_PORT: String(metrics) });
    await one.until('/api/sandbox');
    const text = await (await fetch(`http://127.0.0.1:${metrics}/metrics`)).text();
    expect(text).toMatch(/^slipway_host_up 0$/m);
    expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
    expect((await one.until('/metrics')).status).toBe(404);
    await using two = await start({ SLIPWAY_METRICS_PORT: String(metrics) });
    await two.until('/api/sandbox');
    two.child.kill('SIGTERM');
    expect(await two.ended).toBe(0);
    const [out] = await two.output;
    expect(out).toMatch(/"level":"warn".*EADDRINUSE.*metrics are not served/);
  });

  it('refuses bad settings by name', async () => {
    await using process = await start({ SLIPWAY_ORIGIN: '*', SLIPWAY_CPUS: 'all' });
    expect(await process.ended).toBe(1);
    const [, err] = await process.output;
    expect(err).toMatch(/^Slipway does not start with these settings:\n.*SLIPWAY_ORIGIN: read "\*"/s);
    expect(err).toContain('SLIPWAY_CPUS: read "all"');
    expect(err).not.toContain('    at ');
  });
});
