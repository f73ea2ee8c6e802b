/** Text from a session, made fit to be shown: what cannot be seen becomes U+FFFD, what is too long ends in an ellipsis. */
import { NAME_MOST } from '../protocol/evidence.ts';

// Controls, and the marks that change the direction of what follows.
const UNSEEN = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/gu;

/** @param most characters (UTF-16 units) at most; NAME_MOST if left out */
export function shown(text: string, most = NAME_MOST): string {
  const cut = text.length > most ? `${text.slice(0, most - 1)}…` : text;
  return cut.replace(UNSEEN, '\ufffd');
}
