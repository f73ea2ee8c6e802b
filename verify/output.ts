/** What a reader has seen of the shell, checked byte by byte: nothing missing, nothing twice. */
import { readOutput, unseen } from '../sandbox/protocol/frames.ts';

type Waiter = { pattern: RegExp; resolve: (match: RegExpExecArray) => void };

/** Characters in which a pattern is looked for. */
const TAIL = 64 * 1024;

export class Output {
  /** Offset of the next byte expected. */
  next = 0;
  /** Bytes that the server skipped without saying so, or sent again: both must stay 0. */
  missing = 0;
  repeated = 0;
  /** Told of text as it comes. */
  heard: (text: string) => void = () => undefined;
  #text: string[] = [];
  #tail = '';
  readonly #decoder = new TextDecoder();
  #waiters: Waiter[] = [];

  /** Takes an output frame and returns the offset after it. */
  take(frame: Uint8Array): number {
    const output = readOutput(frame);
    const fresh = unseen(output, this.next);
    this.missing += fresh.missing;
    this.repeated += output.bytes.byteLength - fresh.bytes.byteLength;
    this.next = fresh.next;
    const text = this.#decoder.decode(fresh.bytes, { stream: true });
    this.#text.push(text);
    this.heard(text);
    this.#tail = (this.#tail + text).slice(-TAIL);
    this.#waiters = this.#waiters.filter((waiter) => !this.#settle(waiter));
    return this.next;
  }

  /** All text there was. */
  get text(): string {
    this.#text = [this.#text.join('')];
    return this.#text[0] ?? '';
  }

  /** Forgets what was seen, for what is waited for next. */
  clear(): void {
    this.#tail = '';
  }

  /** Resolves when the pattern appears in output that no earlier wait has used up. */
  async until(pattern: RegExp, ms = 30_000): Promise<RegExpExecArray> {
    const { promise, resolve, reject } = Promise.withResolvers<RegExpExecArray>();
    const waiter = { pattern, resolve };
    if (this.#settle(waiter)) return promise;
    const timer = setTimeout(() => {
      reject(
        new Error(`no ${String(pattern)} within ${ms} ms; last output: ${JSON.stringify(this.#tail.slice(-600))}`),
      );
    }, ms);
    this.#waiters.push(waiter);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
    }
  }

  #settle({ pattern, resolve }: Waiter): boolean {
    const match = pattern.exec(this.#tail);
    if (!match) return false;
    this.#tail = this.#tail.slice(match.index + match[0].length);
    resolve(match);
    return true;
  }
}
