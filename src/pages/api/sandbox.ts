/**
 * What a host that only serves files says of the sandbox: there is none. Where the gateway serves the site, its own answer to this
 * address comes first.
 */
import type { APIRoute } from 'astro';
import type { SandboxAnswer } from '../../../sandbox/protocol/messages.ts';

const answer: SandboxAnswer = { mode: 'recorded', standIn: false };

export const GET: APIRoute = () => Response.json(answer);
