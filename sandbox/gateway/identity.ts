/** Who a browser is: a random cookie that scripts cannot read. Only its hash leaves this room. */
import { createHash, randomBytes } from 'node:crypto';

const NAME = 'slipway';
const FORM = /^[A-Za-z0-9_-]{43}$/;

/** A browser's identity: `secret` is for its cookie alone; `owner`, its SHA-256 in hex, is what everyone else may know. */
export type Identity = { secret: string; owner: string };

/** The identity in a Cookie header, or undefined when there is none of the right form. */
export function readIdentity(cookie: string | undefined): Identity | undefined {
  for (const pair of (cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    const secret = pair.slice(at + 1).trim();
    if (at > 0 && pair.slice(0, at).trim() === NAME && FORM.test(secret)) return { secret, owner: sha256(secret) };
  }
  return undefined;
}

/** A new identity of 256 random bits. */
export function newIdentity(): Identity {
  const secret = randomBytes(32).toString('base64url');
  return { secret, owner: sha256(secret) };
}

/**
 * The Set-Cookie header for an identity.
 * @param origin the origin it is for; over https the cookie never travels in the clear
 * @param seconds how long the browser keeps it
 */
export function identityCookie(identity: Identity, origin: string, seconds: number): string {
  const secure = origin.startsWith('https:') ? '; Secure' : '';
  return `${NAME}=${identity.secret}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`;
}

/** SHA-256 in hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
