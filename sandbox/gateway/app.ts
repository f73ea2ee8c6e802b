/** The HTTP server's own bounds, and its answers to what is not HTTP. */
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { fastify, type FastifyInstance } from 'fastify';
import type { Events } from '../observe/events.ts';
import { Problem } from '../protocol/problems.ts';
import type { Limits } from './limits.ts';
import { answerFor, refuse } from './problem-answer.ts';

/**
 * Makes the server, without routes.
 * @param headers sent with answers to what never became a request
 */
export function createApp(limits: Limits, events: Events, headers: Readonly<Record<string, string>>): FastifyInstance {
  return fastify({
    logger: false,
    genReqId: () => requestId(),
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.keepAliveMs,
    connectionTimeout: limits.idleMs,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    http: {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: Math.min(1_000, limits.headersMs),
      maxHeaderSize: limits.headerBytes,
      noDelay: true,
      // Anything else that asks for an upgrade (h2c, say) is answered as the plain request it also is.
      shouldUpgradeCallback: (request) => request.headers.upgrade?.toLowerCase() === 'websocket',
    },
    clientErrorHandler: (error, socket: Socket) => {
      if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
      refuse(socket, answerFor(notHttp(error.code), requestId(), 'connection', events), headers);
    },
    frameworkErrors: (error, request, reply) => {
      const answer = answerFor(error, request.id, 'router', events);
      const body = JSON.stringify(answer.body);
      reply.hijack();
      reply.raw.writeHead(answer.status, { ...headers, 'content-type': 'application/json; charset=utf-8' }).end(body);
    },
  });
}

/** An id for a request, to find it in the log by. */
export function requestId(): string {
  return randomBytes(8).toString('hex');
}

function notHttp(code: string): Problem {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new Problem('too-slow');
  return new Problem('bad-request', code === 'HPE_HEADER_OVERFLOW' ? 'Its headers are too large.' : undefined);
}
