/** Is the port free, and if not, is it Slipway that has it? */
import { createServer } from 'node:net';
import { health as healthAnswer } from '../../protocol/messages.ts';

export type PortState = 'free' | 'slipway' | 'taken' | { unusable: string };

/** Where a browser on this machine reaches an address that was given to listen on. */
export function urlOf(host: string, port: number): string {
  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

/** Tries to listen, and asks whoever does already. */
export async function portState(host: string, port: number): Promise<PortState> {
  const code = await listenError(host, port);
  if (code === undefined) return 'free';
  if (code !== 'EADDRINUSE') return { unusable: code };
  return (await health(urlOf(host, port))) ? 'slipway' : 'taken';
}

/** Slipway's mode when it answers there. */
export async function health(url: string): Promise<'live' | 'recorded' | undefined> {
  try {
    const answer = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2_000), redirect: 'error' });
    return healthAnswer.parse(await answer.json()).mode;
  } catch {
    return undefined;
  }
}

function listenError(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
