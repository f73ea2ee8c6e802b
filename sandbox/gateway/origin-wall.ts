/** The first wall: only pages of this very site may ask for anything. Looked at before any work is done. */
import type { IncomingHttpHeaders } from 'node:http';
import { Problem } from '../protocol/problems.ts';

export type OriginWall = ReturnType<typeof createOriginWall>;

/** @param origins the origins readers come from, exactly as a browser writes them */
export function createOriginWall(origins: readonly string[]) {
  const byHost = new Map(origins.map((origin) => [new URL(origin).host, origin]));

  /** The origin this request was sent to, or undefined when its Host header names none of ours. */
  const sentTo = (headers: IncomingHttpHeaders): string | undefined => byHost.get(headers.host?.toLowerCase() ?? '');

  return {
    sentTo,

    /**
     * For requests that change nothing: a page of another name that resolves to this address (DNS rebinding) learns nothing.
     * @returns the origin the request was sent to
     * @throws Problem bad-origin
     */
    checkHost(headers: IncomingHttpHeaders): string {
      const to = sentTo(headers);
      if (to === undefined) throw new Problem('bad-origin');
      return to;
    },

    /**
     * For requests that change something and for upgrades: sent to one of our origins, by a page of that same origin.
     * @param allowed what a browser that says Sec-Fetch-Site may say
     * @returns the origin
     * @throws Problem bad-origin
     */
    checkOrigin(headers: IncomingHttpHeaders, allowed: readonly string[] = ['same-origin']): string {
      const to = sentTo(headers);
      if (to === undefined || headers.origin !== to) throw new Problem('bad-origin');
      const site = headers['sec-fetch-site'];
      if (site !== undefined && !(typeof site === 'string' && allowed.includes(site))) throw new Problem('bad-origin');
      return to;
    },
  };
}
