/** A session's id, and the names of its objects on the host. */
import { randomBytes } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** A new id: 12 characters of base32, 60 random bits. It names a session; it gives no right to it. */
export function newId(bytes: Uint8Array = randomBytes(12)): string {
  return Array.from(bytes.subarray(0, 12), (byte) => ALPHABET.charAt(byte & 31)).join('');
}

export type Names = { readonly container: string; readonly home: string; readonly network: string };

export function namesOf(instance: string, id: string): Names {
  const base = `${instance}-${id}`;
  return { container: base, home: `${base}-home`, network: `${base}-net` };
}
