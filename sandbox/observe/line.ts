/** What may be in a line of the log: known fields, and of an error its words and place as far as they are ours to tell. */

/** Every field there is. Anything else that hangs on what an event was told of is left out. */
const FIELDS = [
  'address',
  'at',
  'cause',
  'checks',
  'code',
  'directory',
  'error',
  'fresh',
  'host',
  'id',
  'kind',
  'leftOut',
  'method',
  'mode',
  'ms',
  'place',
  'port',
  'reasons',
  'received',
  'request',
  'resumed',
  'rootless',
  'route',
  'session',
  'sent',
  'sessions',
  'signal',
  'standIn',
  'state',
  'status',
  'warm',
  'why',
] as const;

export type Field = (typeof FIELDS)[number];
type Value = string | number | boolean | undefined | readonly string[];
export type Told = { readonly [F in Exclude<Field, 'error' | 'cause'>]?: Value } & {
  readonly error?: unknown;
  readonly cause?: unknown;
};

/** Nothing but known fields: a new one is added above, where it is looked at, or it does not compile. */
export type Line<T> = T & { readonly [F in Exclude<keyof T, Field>]: never };

/** Characters of an error's message. */
const MESSAGE_MOST = 500;
/** Causes of causes that are followed. */
const CAUSES_MOST = 4;

/** The line that is written of what an event was told. */
export function lineOf(told: Told): Record<string, unknown> {
  const line: Record<string, unknown> = {};
  for (const field of FIELDS) {
    const value = told[field];
    if (field === 'error' || field === 'cause') line[field] = plain(value);
    else if (value !== undefined) line[field] = typeof value === 'string' ? readable(value) : value;
  }
  return line;
}

/** The parts of an error worth a line; other properties (requests, sockets) are left out. */
function plain(error: unknown, deep = 0): unknown {
  if (error === undefined || error === null) return undefined;
  if (!(error instanceof Error)) return { type: typeof error };
  return {
    type: error.name,
    ...(quotes(error) ? {} : { message: readable(error.message) }),
    // The first lines of a stack repeat the message.
    stack: error.stack?.split('\n').filter((line) => /^\s+at /.test(line)),
    ...(deep < CAUSES_MOST ? { cause: plain(error.cause, deep + 1) } : {}),
  };
}

/** A parser's message repeats what it read: that may be what a reader typed or printed. */
function quotes(error: Error): boolean {
  return error instanceof SyntaxError || error.name === 'ZodError' || error.name === '$ZodError';
}

/** Nothing in it moves a cursor, on whatever screen the log is read. */
function readable(text: string): string {
  return text
    .slice(0, MESSAGE_MOST)
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ');
}
