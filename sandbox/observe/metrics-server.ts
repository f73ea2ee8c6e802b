/** Serves the metrics to this machine: on loopback only, under a name of loopback's only, and nothing but them. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from './metrics.ts';

export type MetricsServer = AsyncDisposable & { readonly address: string; readonly port: number };

/** A scraper or two, and somebody who looks. */
const CONNECTIONS = 16;
const REQUEST_MS = 5_000;

/**
 * Listens on 127.0.0.1, and on ::1 where there is one.
 * @param port 0: any that is free
 * @throws the system's error when the port is taken
 */
export async function serveMetrics(
  port: number,
  metrics: Pick<Metrics, 'text' | 'contentType'>,
): Promise<MetricsServer> {
  const first = await listen('127.0.0.1', port, metrics);
  const bound = (first.address() as AddressInfo).port;
  // Not every machine has IPv6, and on this one something else may have its port.
  const second = await listen('::1', bound, metrics).catch(() => undefined);
  return {
    address: `http://127.0.0.1:${bound}/metrics`,
    port: bound,
    async [Symbol.asyncDispose]() {
      await Promise.all([first, ...(second ? [second] : [])].map(close));
    },
  };
}

async function listen(host: string, port: number, metrics: Pick<Metrics, 'text' | 'contentType'>): Promise<Server> {
  const server = createServer({ requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS }, (request, response) => {
    void answer(request, response, metrics);
  });
  server.maxConnections = CONNECTIONS;
  server.listen({ host, port, exclusive: true });
  await once(server, 'listening');
  // The gateway's life does not hang on it.
  return server.unref();
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  metrics: Pick<Metrics, 'text' | 'contentType'>,
): Promise<void> {
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('cache-control', 'no-store');
  const end = (status: number, words: string) =>
    response.writeHead(status, { 'content-type': 'text/plain' }).end(words);
  // A page of another name that resolves to this address (DNS rebinding) learns nothing.
  if (!isLoopback(request.headers.host)) return void end(403, 'Ask by an address of loopback.\n');
  if (request.url !== '/metrics') return void end(404, 'There is /metrics and nothing else.\n');
  if (request.method !== 'GET') return void end(405, 'It can only be read.\n');
  try {
    const text = await metrics.text();
    response.writeHead(200, { 'content-type': metrics.contentType }).end(text);
  } catch {
    end(500, 'The metrics could not be read.\n');
  }
}

/** Whether a Host header names this machine's loopback, at whatever port a forwarder has. */
function isLoopback(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i.test(host ?? '');
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
