/** A reader who watches checks: what they are told, and when. */
import type { Check, CheckResult } from '../../sandbox/protocol/checks.ts';
import { check as schema } from '../../sandbox/protocol/checks.ts';
import type { ServerMessage } from '../../sandbox/protocol/messages.ts';
import type { Reader } from '../../verify/reader.ts';

/** A check with the words that every check needs. */
export function aCheck(id: string, fields: Record<string, unknown>): Check {
  return schema.parse({ id, says: 'What is asked of the reader.', ...fields });
}

/** The newest message of a type; undefined when there is none. */
export function newest<T extends ServerMessage['type']>(reader: Reader, type: T) {
  return reader.messages.findLast((one): one is Extract<ServerMessage, { type: T }> => one.type === type);
}

/** How a check stands by the newest message. */
export function standing(reader: Reader, id: string): CheckResult | undefined {
  return newest(reader, 'checks')?.results.find((one) => one.id === id);
}

/** Waits until a check stands so, and gives what was said of it. */
export function comesTo(
  reader: Reader,
  id: string,
  verdict: CheckResult['verdict'],
  ms = 10_000,
): Promise<CheckResult> {
  return reader
    .until(`${verdict} ${id}`, ms, () => {
      const now = standing(reader, id);
      return now?.verdict === verdict ? now : undefined;
    })
    .catch((error: unknown) => {
      throw new Error(`${id} stands at ${JSON.stringify(standing(reader, id))}`, { cause: error });
    });
}
