/** A host that serves files and nothing else, as a bucket or a pages service does: no gateway, no sandbox. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const types: Record<string, string> = {
  ...{ '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml' },
  ...{ '.json': 'application/json', '.wasm': 'application/wasm', '.woff2': 'font/woff2' },
};

export class StaticHost implements AsyncDisposable {
  readonly #server = createServer();
  /** What was asked for and is not there, and what was asked for otherwise than by GET. */
  readonly refused: string[] = [];

  /** Serves the files of a folder. */
  static async serve(folder: string): Promise<StaticHost> {
    const host = new StaticHost();
    host.#server.on('request', (request, response) => {
      const path = normalize(decodeURIComponent((request.url ?? '/').replace(/[?#].*/, '')));
      const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
      const found = request.method === 'GET' ? readFile(file) : Promise.reject(new Error('only GET'));
      found.then(
        (bytes) => response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream').end(bytes),
        () => {
          host.refused.push(`${request.method ?? ''} ${path}`);
          response.writeHead(404).end();
        },
      );
    });
    host.#server.listen(0, '127.0.0.1');
    await once(host.#server, 'listening');
    return host;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
