/** What the connection needs from the browser, passed in so that it runs without a page. */
export type Cancel = () => void;

export type Platform = Readonly<{
  fetch: typeof globalThis.fetch;
  /** Opens a WebSocket to a path of this site. */
  socket: (path: string, protocols: string[]) => WebSocket;
  /** Runs once after `ms` milliseconds, unless cancelled. */
  after: (ms: number, run: () => void) => Cancel;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** From 0 up to 1. */
  random: () => number;
  /** Whether somebody can see the page. */
  visible: () => boolean;
  /** Calls when the network is back or the page is looked at again: a good moment to try. */
  onWake: (listener: () => void) => Cancel;
  /** Calls when the page is being left. */
  onLeave: (listener: () => void) => Cancel;
}>;

/** The platform of a real page. */
export function browserPlatform(page: Window & typeof globalThis): Platform {
  return {
    fetch: (input, init) => page.fetch(input, init),
    socket: (path, protocols) => {
      const url = new URL(path, page.location.href);
      url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
      return new page.WebSocket(url, protocols);
    },
    after: (ms, run) => {
      const timer = page.setTimeout(run, ms);
      return () => page.clearTimeout(timer);
    },
    now: () => Date.now(),
    random: () => Math.random(),
    visible: () => page.document.visibilityState === 'visible',
    onWake: (listener) => {
      const stop = new AbortController();
      const { signal } = stop;
      page.addEventListener('online', listener, { signal });
      page.addEventListener('pageshow', listener, { signal });
      page.document.addEventListener(
        'visibilitychange',
        () => {
          if (page.document.visibilityState === 'visible') listener();
        },
        { signal },
      );
      return () => stop.abort();
    },
    onLeave: (listener) => {
      page.addEventListener('pagehide', listener);
      return () => page.removeEventListener('pagehide', listener);
    },
  };
}
