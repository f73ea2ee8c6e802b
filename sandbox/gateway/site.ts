/** The built site: files of one directory, nothing hidden, nothing outside it. */
import { readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** The build puts a hash of the content into every name in here. */
const HASHED = '_astro';

/** Serves the files of `directory`. */
export async function serveSite(app: FastifyInstance, directory: string): Promise<void> {
  const hashed = join(directory, HASHED) + sep;
  await app.register(fastifyStatic, {
    root: directory,
    dotfiles: 'ignore',
    redirect: true,
    index: ['index.html'],
    // The build leaves a Brotli and a gzip copy beside what is worth it.
    preCompressed: true,
    cacheControl: false,
    suppressWarning: true,
    setHeaders(reply, path) {
      // What has no hash in its name is asked for again each time; its ETag makes the answer short.
      reply.header('cache-control', path.startsWith(hashed) ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}

/** Answers that there is no such page, with the site's own page for it where there is one. */
export async function sendNotFound(reply: FastifyReply, directory: string): Promise<FastifyReply> {
  reply.code(404).header('cache-control', 'no-cache');
  try {
    return await reply.type('text/html; charset=utf-8').send(await readFile(join(directory, '404.html')));
  } catch {
    return reply.type('text/plain; charset=utf-8').send('There is nothing at this address.\n');
  }
}
