/** Which origins readers come from: as set, or as this machine answers to. */

const expected =
  'expected http://host[:port] or https://host[:port] and nothing after it; several are separated by spaces';

/**
 * @param text origins separated by white space, each exactly as a browser writes it
 * @returns them, each once, or what is wrong with the first that is not one
 */
export function parseOrigins(text: string): readonly string[] | { wrong: string } {
  const given = text.split(/\s+/).filter(Boolean);
  if (given.length === 0) return { wrong: expected };
  for (const one of given) {
    const url = URL.canParse(one) ? new URL(one) : undefined;
    if (url === undefined || !/^https?:$/.test(url.protocol) || url.origin !== one)
      return { wrong: `${JSON.stringify(one)} is not an origin; ${expected}` };
  }
  return [...new Set(given)];
}

/** The origins of a server that nobody gave a name: this machine's own, and `host` unless it stands for all addresses. */
export function localOrigins(host: string, port: number): readonly string[] {
  const names = ['localhost', '127.0.0.1', ...(isEveryAddress(host) ? [] : [host])];
  return [...new Set(names.map((name) => new URL(`http://${name.includes(':') ? `[${name}]` : name}:${port}`).origin))];
}

/** Whether listening on `host` means on every address of the machine. */
export function isEveryAddress(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}
