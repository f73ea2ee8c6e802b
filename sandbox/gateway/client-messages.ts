/** A client's control messages, read strictly: what is not known ends the connection with a reason. */
import { clientMessage, type ClientMessage } from '../protocol/messages.ts';
import { Problem } from '../protocol/problems.ts';

export type Attach = Extract<ClientMessage, { type: 'attach' }>;

/** The longest reason a WebSocket close frame can carry, in bytes. */
const MAX_REASON = 123;

/** @throws Problem bad-message naming the field and what it may be, never what was sent */
export function readClientMessage(data: Buffer): ClientMessage {
  const parsed = clientMessage.safeParse(parseJson(data));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Problem('bad-message', `${issue?.path.join('.') || 'message'}: ${issue?.message ?? 'unknown'}`);
}

/**
 * Reads a socket's first message.
 * @throws Problem bad-message when it is anything but a well-formed attach
 */
export function readAttach(data: Buffer, isBinary: boolean): Attach {
  const message = isBinary ? undefined : readClientMessage(data);
  if (message?.type === 'attach') return message;
  throw new Problem('bad-message', 'type: the first message must be attach.');
}

/** What a close frame says about a problem: its code and its detail, as far as there is room. */
export function closeReason(problem: Problem): string {
  const whole = Buffer.from(problem.detail ? `${problem.code}: ${problem.detail}` : problem.code);
  // A character cut in two is left out whole.
  return new TextDecoder().decode(whole.subarray(0, MAX_REASON), { stream: true });
}

function parseJson(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString()) as unknown;
  } catch {
    throw new Problem('bad-message', 'message: not JSON');
  }
}
