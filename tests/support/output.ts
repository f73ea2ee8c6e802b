/** What a reader has seen of the shell, checked byte by byte: nothing missing, nothing twice. */
import { readOutput, unseen } from '../../sandbox/protocol/frames.ts';

type Waiter = { pattern: RegExp; resolve: (match: RegExpExecArray) => void };

export class Output {
  /** Offset of the next byte expected. */
  next = 0;
  /** Bytes that the server skipped without saying so, or sent again: both must stay 0. */
  missing = 0;
  repeated = 0;
  received = 0;
  #text = '';
  #tail = '';
  readonly #decoder = new TextDecoder();
  readonly #keep: number;
  #waiters: Waiter[] = [];

  /** @param keep characters of output kept for waiting and looking */
  constructor(keep = 4_000_000) {
    this.#keep = keep;
  }

  /** Takes an output frame and returns the offset after it. */
  take(frame: Uint8Array): number {
    const output = readOutput(frame);
    const fresh = unseen(output, this.next);
    this.missing += fresh.missing;
    this.repeated += output.bytes.byteLength - fresh.bytes.byteLength;
    this.next = fresh.next;
    this.received += fresh.bytes.byteLength;
    const text = this.#decoder.decode(fresh.bytes, { stream: true });
    this.#text = (this.#text + text).slice(-this.#keep);
    this.#tail = (this.#tail + text).slice(-this.#keep);
    this.#waiters = this.#waiters.filter(({ pattern, resolve }) => {
      const match = pattern.exec(this.#tail);
      if (!match) return true;
      this.#tail = this.#tail.slice(match.index + match[0].length);
      resolve(match);
      return false;
    });
    return this.next;
  }

  /** All text kept. */
  get text(): string {
    return this.#text;
  }

  /** Forgets what was seen, for what is waited for next. */
  clear(): void {
    this.#tail = '';
  }

  /** Resolves when the pattern appears in output that no earlier wait has used up. */
  async until(pattern: RegExp, ms = 30_000): Promise<RegExpExecArray> {
    const match = pattern.exec(this.#tail);
    if (match) {
      this.#tail = this.#tail.slice(match.index + match[0].length);
      return match;
    }
    const { promise, resolve, reject } = Promise.withResolvers<RegExpExecArray>();
    const timer = setTimeout(() => {
      reject(
        new Error(`no ${String(pattern)} within ${ms} ms; last output: ${JSON.stringify(this.#tail.slice(-600))}`),
      );
    }, ms);
    this.#waiters.push({ pattern, resolve });
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
    }
  }
}
