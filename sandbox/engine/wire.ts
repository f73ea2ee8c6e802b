/** Reads Protocol Buffers messages: protobuf.dev/programming-guides/encoding. Fields are looked up by number when asked for; unknown ones cost nothing. */

const FIELDS_MOST = 50_000;
/** Of a map. */
const ENTRIES_MOST = 1_000;

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

export class WireMessage {
  readonly #fields = new Map<number, (number | Buffer)[]>();

  /** @throws RangeError when the bytes are no message */
  constructor(bytes: Buffer) {
    const from = { bytes, at: 0 };
    for (let n = 0; from.at < bytes.length; n++) {
      if (n === FIELDS_MOST) throw new RangeError('a message has too many fields');
      const tag = varint(from);
      const value = read(from, tag & 7);
      const number = Math.floor(tag / 8);
      const values = this.#fields.get(number);
      if (values) values.push(value);
      else this.#fields.set(number, [value]);
    }
  }

  /** 0 when it is not there. Numbers above 2^53 lose their last digits. */
  number(field: number): number {
    const value = this.#fields.get(field)?.at(-1);
    return typeof value === 'number' ? value : 0;
  }

  bool(field: number): boolean {
    return this.number(field) !== 0;
  }

  /**
   * Empty when it is not there. What is left out is not read either: a piece of a decoded text would keep all of it in memory.
   * @param most bytes read; a character cut in two is U+FFFD
   */
  string(field: number, most: number): string {
    return this.#bytes(field).at(-1)?.toString('utf8', 0, most) ?? '';
  }

  /**
   * @param most how many are read
   * @param length bytes read of each
   */
  strings(field: number, most: number, length: number): string[] {
    return this.#bytes(field)
      .slice(0, most)
      .map((bytes) => bytes.toString('utf8', 0, length));
  }

  /** @throws RangeError when the field is no message */
  message(field: number): WireMessage | undefined {
    const bytes = this.#bytes(field).at(-1);
    return bytes && new WireMessage(bytes);
  }

  /**
   * @param most how many are read
   * @throws RangeError when one of them is no message
   */
  messages(field: number, most: number): WireMessage[] {
    return this.#bytes(field)
      .slice(0, most)
      .map((bytes) => new WireMessage(bytes));
  }

  /**
   * A map field of strings.
   * @param length bytes read of each
   */
  map(field: number, length: number): Map<string, string> {
    return new Map(
      this.messages(field, ENTRIES_MOST).map((entry) => [entry.string(1, length), entry.string(2, length)]),
    );
  }

  /** A google.protobuf.Timestamp, as milliseconds since the epoch. */
  time(field: number): number | undefined {
    const time = this.message(field);
    if (!time) return undefined;
    const ms = time.number(1) * 1000 + time.number(2) / 1e6;
    return ms >= 0 && ms <= Number.MAX_SAFE_INTEGER ? ms : undefined;
  }

  #bytes(field: number): Buffer[] {
    return (this.#fields.get(field) ?? []).filter((value) => typeof value !== 'number');
  }
}

/** A message of one string field. */
export function stringField(field: number, text: string): Buffer {
  const bytes = Buffer.from(text);
  if (field > 15 || bytes.length > 127) throw new RangeError('a short string in a field up to 15 is expected');
  return Buffer.concat([Buffer.from([(field << 3) | BYTES, bytes.length]), bytes]);
}

type Cursor = { bytes: Buffer; at: number };

function varint(from: Cursor): number {
  let value = 0;
  for (let scale = 1, n = 0; n < 10; n++, scale *= 128) {
    const byte = from.bytes[from.at++];
    if (byte === undefined) break;
    value += (byte & 127) * scale;
    if (byte < 128) return value;
  }
  throw new RangeError('a message ends within a number, or has one that is too long');
}

function read(from: Cursor, type: number): number | Buffer {
  switch (type) {
    case VARINT:
      return varint(from);
    case BYTES:
      return take(from, varint(from));
    case FIXED64:
      return take(from, 8);
    case FIXED32:
      return take(from, 4);
    default:
      throw new RangeError(`a message has a field of no known type ${type}`);
  }
}

function take(from: Cursor, length: number): Buffer {
  const end = from.at + length;
  if (end > from.bytes.length) throw new RangeError('a message ends within a field');
  const piece = from.bytes.subarray(from.at, end);
  from.at = end;
  return piece;
}
