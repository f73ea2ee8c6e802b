/** The edge: one HTTP server for the site, the API and the terminal's sockets. Holds no truth but tickets. */
import type { IncomingMessage } from 'node:http';
import { WebSocketServer } from 'ws';
import type { Config } from '../config/config.ts';
import type { Events } from '../observe/events.ts';
import { MAX_FRAME, SUBPROTOCOL, TICKET_SECONDS } from '../protocol/bounds.ts';
import type { Health } from '../protocol/messages.ts';
import { createApp } from './app.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { createOriginWall } from './origin-wall.ts';
import type { Availability, MakeShell, OpenEvidence } from './ports.ts';
import { answerFor } from './problem-answer.ts';
import { RequestRate } from './request-rate.ts';
import { securityHeaders } from './security-headers.ts';
import { serveSessionApi } from './session-api.ts';
import { sendNotFound, serveSite } from './site.ts';
import { TerminalSockets } from './terminal-sockets.ts';
import { upgradeListener } from './terminal-upgrade.ts';
import { Tickets } from './tickets.ts';

export type GatewayNeeds = {
  config: Pick<Config, 'host' | 'port' | 'origins' | 'trustProxy' | 'limits'>;
  /** The directory of the built site. */
  site: string;
  /** Asked anew for each request. */
  sandbox: () => Availability;
  /** Until it resolves, questions about the sandbox wait for their answers; the site does not. */
  ready?: Promise<void>;
  makeShell: MakeShell;
  openEvidence: OpenEvidence;
  events: Events;
  /** Milliseconds of a clock that only goes forward. */
  now: () => number;
  limits?: Partial<Limits>;
};

/** A gateway that listens. Disposing of it tells every socket `restarting`, closes all and leaves the sessions running. */
export type Gateway = AsyncDisposable & Readonly<{ host: string; port: number; sockets: () => number }>;

/** Frames a WebSocket message may come in; browsers send one. */
const MAX_FRAGMENTS = 16;
/** Pieces a message that is not whole yet may have arrived in; 64 KiB in packets of the smallest usual size are some 130. */
const MAX_CHUNKS = 1024;
/** Milliseconds that requests under way have to finish when the gateway closes. */
const CLOSE_WITHIN_MS = 1_500;

/**
 * Opens the gateway and listens.
 * @throws the system's error when the address cannot be listened on (EADDRINUSE, EACCES …)
 */
export async function openGateway(needs: GatewayNeeds): Promise<Gateway> {
  const { config, events, now, sandbox, makeShell, openEvidence, ready = Promise.resolve() } = needs;
  const limits = { ...defaultLimits, ...needs.limits };
  const wall = createOriginWall(config.origins);
  const plain = securityHeaders(config.origins, false);
  const secure = securityHeaders(config.origins, true);
  const headersFor = (request: Pick<IncomingMessage, 'headers'>) =>
    wall.sentTo(request.headers)?.startsWith('https:') ? secure : plain;
  const tickets = new Tickets(now, TICKET_SECONDS);
  const rate = new RequestRate(now, limits.sessionRate);
  const { trustProxy } = config;
  let closed = false;
  const closing = () => closed;

  const app = createApp(limits, events, plain);
  app.server.maxConnections = limits.connections + limits.connectionsPerSession * config.limits.sessions;
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headersFor(request));
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const ms = Math.round(reply.elapsedTime);
    events.answered({ request: request.id, method: request.method, route, status: reply.statusCode, ms });
  });
  app.setErrorHandler((error, request, reply) => {
    const answer = answerFor(error, request.id, request.routeOptions.url ?? 'none', events);
    if (answer.status < 500 && request.routeOptions.url === '/*') return sendNotFound(reply, needs.site);
    return reply.code(answer.status).header('cache-control', 'no-store').send(answer.body);
  });
  app.setNotFoundHandler((_request, reply) => sendNotFound(reply, needs.site));
  app.get('/healthz', async (_request, reply) => {
    await ready;
    reply.header('cache-control', 'no-store');
    return { status: 'ok', mode: sandbox().mode } satisfies Health;
  });
  const cookieSeconds = config.limits.lifetimeSeconds;
  const api = { wall, tickets, rate, sandbox, ready, events, limits, now, trustProxy, cookieSeconds, closing };
  await app.register(
    (routes, _options, done) => {
      serveSessionApi(routes, api);
      done();
    },
    { prefix: '/api' },
  );
  await serveSite(app, needs.site);

  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: MAX_FRAME,
    // A message cut into single bytes would cost hundreds of times its size while it is put together.
    maxFragments: MAX_FRAGMENTS,
    maxBufferedChunks: MAX_CHUNKS,
    perMessageDeflate: false,
    handleProtocols: () => SUBPROTOCOL,
  });
  const { sessionsPerAddress } = config.limits;
  const sockets = new TerminalSockets({ makeShell, openEvidence, events, limits, now, trustProxy, sessionsPerAddress });
  app.server.on('upgrade', upgradeListener({ wall, tickets, sandbox, sockets, server, events, closing, headersFor }));

  const close = async () => {
    closed = true;
    await sockets[Symbol.asyncDispose]();
    const cut = setTimeout(() => app.server.closeAllConnections(), CLOSE_WITHIN_MS);
    await app.close();
    clearTimeout(cut);
  };
  try {
    await app.listen({ host: config.host, port: config.port });
  } catch (error) {
    await close();
    throw error;
  }
  const address = app.server.address();
  const port = typeof address === 'object' && address ? address.port : config.port;
  return { host: config.host, port, sockets: () => sockets.size, [Symbol.asyncDispose]: close };
}
