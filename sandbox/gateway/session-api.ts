/** /api: what a page asks over HTTP. Whether there can be a session, having one, ending it. */
import type { FastifyInstance, FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify';
import type { Events } from '../observe/events.ts';
import type { SandboxAnswer, SessionAnswer } from '../protocol/messages.ts';
import { Problem } from '../protocol/problems.ts';
import { paceMs } from '../session/line.ts';
import { clientAddress } from './client-address.ts';
import { identityCookie, newIdentity, readIdentity } from './identity.ts';
import type { Limits } from './limits.ts';
import type { OriginWall } from './origin-wall.ts';
import type { Availability, GatewaySessions } from './ports.ts';
import type { RequestRate } from './request-rate.ts';
import type { Tickets } from './tickets.ts';

export type SessionApi = {
  wall: OriginWall;
  tickets: Tickets;
  rate: RequestRate;
  sandbox: () => Availability;
  ready: Promise<void>;
  events: Events;
  limits: Limits;
  now: () => number;
  trustProxy: number;
  /** Seconds a browser keeps its identity after it last asked for a session. */
  cookieSeconds: number;
  closing: () => boolean;
};

const FORGOTTEN = 'Why is not known any more: the site was restarted in the meantime.';

/** Adds the routes below /api to a fastify instance that already has that prefix. */
export function serveSessionApi(app: FastifyInstance, api: SessionApi): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'cache-control': 'no-store', 'x-request-id': request.id });
    api.wall.checkHost(request.headers);
    await api.ready;
    if (api.closing()) throw new Problem('restarting');
  });

  // No request here has a body that means anything: it is read, up to the limit, and dropped.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, done) => done(null));

  const changing = (request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction) => {
    api.wall.checkOrigin(request.headers);
    const wait = api.rate.take(clientAddress(request.raw, api.trustProxy));
    if (wait > 0) reply.header('retry-after', String(wait));
    done(wait > 0 ? new Problem('too-many-requests') : undefined);
  };

  app.get('/sandbox', (): SandboxAnswer => {
    const sandbox = api.sandbox();
    return sandbox.mode === 'live'
      ? { mode: 'live', standIn: sandbox.standIn }
      : { mode: 'recorded', standIn: false, problem: sandbox.problem.body };
  });

  app.post('/session', { onRequest: changing, handlerTimeout: api.limits.claimMs }, async (request, reply) => {
    const { sessions, standIn } = live(api);
    const began = api.now();
    const identity = readIdentity(request.headers.cookie) ?? newIdentity();
    const origin = api.wall.checkOrigin(request.headers);
    // Set before the session is there: should it come too late for this answer, the next request finds it.
    reply.header('set-cookie', identityCookie(identity, origin, api.cookieSeconds));
    const { owner } = identity;
    const ended = sessions.whyEnded?.(owner);
    // A page that was away hears why its sandbox ended before it gets another, and a tab nobody looks at gets none.
    if (had(request) && !sessions.ofOwner(owner))
      throw ended ? new Problem(ended) : new Problem('session-ended', FORGOTTEN);
    const claim = sessions.claim(owner, clientAddress(request.raw, api.trustProxy));
    const {
      session,
      fresh,
      warm = false,
    } = await claim.catch((error: unknown) => {
      api.events.claimRefused();
      if (error instanceof Problem && error.place !== undefined)
        reply.header('retry-after', String(Math.ceil(paceMs(error.place) / 1000)));
      throw error;
    });
    api.events.sessionClaimed({ session: session.id, fresh, warm, ms: Math.round(api.now() - began) });
    const ticket = api.tickets.give(session.id, owner);
    const told = fresh && ended && ended !== 'session-ended' ? { ended } : {};
    return { session: session.id, ticket, fresh, standIn, ...told } satisfies SessionAnswer;
  });

  app.delete('/session', { onRequest: changing, handlerTimeout: api.limits.claimMs }, async (request, reply) => {
    const { sessions } = live(api);
    const identity = readIdentity(request.headers.cookie);
    const session = identity && sessions.ofOwner(identity.owner);
    if (session) await sessions.end(session.id, 'session-ended');
    return reply.code(204).send();
  });

  app.post('/files', { onRequest: changing, handlerTimeout: api.limits.claimMs }, async (request, reply) => {
    const { sessions } = live(api);
    const identity = readIdentity(request.headers.cookie);
    const session = identity && sessions.ofOwner(identity.owner);
    if (!session) throw new Problem('session-ended');
    const files = await session.files(request.signal);
    reply.type('application/gzip').header('content-disposition', 'attachment; filename="workspace.tar.gz"');
    return reply.send(files);
  });

  app.delete('/line', { onRequest: changing }, (request, reply) => {
    const identity = readIdentity(request.headers.cookie);
    if (identity) live(api).sessions.leaveLine(identity.owner);
    return reply.code(204).send();
  });

  app.all('/*', () => {
    throw new Problem('not-found');
  });
}

/** Whether the page says that it had a session. */
function had({ query }: FastifyRequest): boolean {
  return typeof query === 'object' && query !== null && 'had' in query;
}

function live(api: SessionApi): { sessions: GatewaySessions; standIn: boolean } {
  const sandbox = api.sandbox();
  if (sandbox.mode === 'live') return sandbox;
  throw sandbox.problem;
}
