/** The walls in front of the terminal's socket: path, origin, ticket, subprotocol, and only then a handshake. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocketServer } from 'ws';
import type { Events } from '../observe/events.ts';
import { SUBPROTOCOL, TICKET_PREFIX } from '../protocol/bounds.ts';
import { Problem } from '../protocol/problems.ts';
import { requestId } from './app.ts';
import { readIdentity } from './identity.ts';
import type { OriginWall } from './origin-wall.ts';
import type { Availability, GatewaySession } from './ports.ts';
import { answerFor, refuse } from './problem-answer.ts';
import type { Tickets } from './tickets.ts';
import type { TerminalSockets } from './terminal-sockets.ts';

export const TERMINAL_PATH = '/api/terminal';

export type TerminalUpgrade = {
  wall: OriginWall;
  tickets: Tickets;
  sandbox: () => Availability;
  sockets: TerminalSockets;
  server: WebSocketServer;
  events: Events;
  closing: () => boolean;
  headersFor: (request: IncomingMessage) => Readonly<Record<string, string>>;
};

/** Makes the listener for an HTTP server's upgrade event. */
export function upgradeListener(to: TerminalUpgrade) {
  return (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', () => socket.destroy());
    try {
      const session = admit(request, to);
      to.server.handleUpgrade(request, socket, head, (ws) => to.sockets.open(ws, session, request));
    } catch (error) {
      refuse(socket, answerFor(error, requestId(), 'upgrade', to.events), to.headersFor(request));
    }
  };
}

/**
 * The session a request may attach to.
 * @throws Problem
 */
function admit(request: IncomingMessage, to: TerminalUpgrade): GatewaySession {
  if (request.url?.split('?', 1)[0] !== TERMINAL_PATH) throw new Problem('not-found');
  // Browsers differ in what they say of a ws: address, Chromium nothing: only what is plainly another site is refused.
  to.wall.checkOrigin(request.headers, ['same-origin', 'same-site']);
  if (to.closing()) throw new Problem('restarting');
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim());
  const ticket = offered.find((one) => one.startsWith(TICKET_PREFIX))?.slice(TICKET_PREFIX.length);
  const id = ticket && to.tickets.use(ticket, readIdentity(request.headers.cookie)?.owner);
  const sandbox = to.sandbox();
  const session = id && sandbox.mode === 'live' ? sandbox.sessions.get(id) : undefined;
  if (!session) throw new Problem('bad-ticket');
  if (!offered.includes(SUBPROTOCOL)) throw new Problem('bad-request', `Expected the subprotocol ${SUBPROTOCOL}.`);
  return session;
}
