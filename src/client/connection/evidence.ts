/** What the page asks of the sandbox beside the shell's bytes, and what it is told. */
import type { ClientMessage, ServerMessage } from '../../../sandbox/protocol/messages.ts';

export type Ask = Extract<ClientMessage, { type: 'watch' | 'layers' | 'prepare' }>;
/** A question that is answered once, by its number; a `watch` stands until the next. */
export type Question = Exclude<Ask, { type: 'watch' }>;
export type Evidence = Extract<ServerMessage, { type: 'images' | 'builds' | 'checks' | 'layers' | 'prepared' }>;

/** Answers a question that the sandbox cannot answer any more. @param why for the reader */
export function unanswered(question: Question, why: string): Evidence {
  if (question.type === 'layers') return { type: 'layers', ask: question.ask, image: question.image, why };
  return { type: 'prepared', ask: question.ask, state: 'failed', says: why };
}
