/** Which address a request comes from, as far as it can be believed. */
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { sha256 } from './identity.ts';

/**
 * The SHA-256 of the client's address: enough to count by, and all that leaves this room.
 * @param hops how many reverse proxies of one's own stand in front; each has added an entry to X-Forwarded-For
 */
export function clientAddress(request: Pick<IncomingMessage, 'headers' | 'socket'>, hops: number): string {
  return sha256(whole(forwarded(request.headers['x-forwarded-for'], hops) ?? request.socket.remoteAddress ?? ''));
}

/** The entry added by the outermost of our own proxies; entries before it are the client's word. */
function forwarded(header: string | string[] | undefined, hops: number): string | undefined {
  if (hops === 0 || header === undefined) return undefined;
  const entries = [header].flat().join(',').split(',');
  const entry = entries[Math.max(0, entries.length - hops)]?.trim();
  return entry !== undefined && isIP(entry) ? entry : undefined;
}

/** One name for all the addresses that one client has: IPv4 however it is written, and the first half of IPv6. */
export function whole(address: string): string {
  const bare = address.replace(/%.*$/, '').toLowerCase();
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare)?.[1];
  if (mapped !== undefined || isIP(bare) !== 6) return mapped ?? bare;
  const written = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const [head = '', tail] = written.split('::');
  const before = head.split(':').filter(Boolean);
  const after = tail?.split(':').filter(Boolean) ?? [];
  const groups = [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after];
  return `${groups.slice(0, 4).join(':')}::/64`;
}
