/** One line of the proxy's log: `request` time took address method host port status received sent. */

export type Request = {
  /** Milliseconds since 1970 when it began. */
  readonly began: number;
  readonly ms: number;
  /** Whose it was: the proxy's address on the session's network. */
  readonly address: string;
  readonly method: string;
  readonly host: string;
  readonly port: number;
  readonly status: number;
  /** Bytes the session sent, and was sent. */
  readonly sent: number;
  readonly received: number;
};

const LINE = /^request (\d+)\.(\d{3}) (\d+) (\S+) (\S+) (\S+) (\S+) (\d+) (\d+) (\d+)$/;

/** Reads a line as `logformat` in squid.ts writes it; undefined for any other. What a stranger may choose comes shortened and plain. */
export function readRequest(line: string): Request | undefined {
  const [, seconds, millis, took, address, method, host, port, status, sent, received] = LINE.exec(line) ?? [];
  if (address === undefined) return undefined;
  const ms = Number(took);
  return {
    began: Number(seconds) * 1000 + Number(millis) - ms,
    ms,
    address,
    method: plain(method, /^[A-Z]{1,16}$/),
    host: plain(host, /^[a-z0-9.:_[\]-]{1,255}$/i),
    port: Number(port) || 0,
    status: Number(status),
    sent: Number(sent),
    received: Number(received),
  };
}

function plain(text: string | undefined, form: RegExp): string {
  return text !== undefined && form.test(text) ? text : '-';
}
