/** The client's end of a terminal, the same for all that are compared: what came, and a screen that parses it. */
import headless from '@xterm/headless';

/** Characters before a piece of output in which a pattern is looked for with it. */
const TAIL = 2 * 1024;

export abstract class Line implements Disposable {
  /** Bytes of output that came. */
  bytes = 0;
  /** Bytes that were left out or sent twice, where the protocol lets a client know. */
  lost = 0;
  #tail = '';
  #waiters: { pattern: RegExp; resolve: () => void }[] = [];
  #screen: headless.Terminal | undefined;

  /** Types text. */
  abstract type(text: string): void;
  abstract close(): void;

  /** From now on output counts as seen when a terminal emulator has parsed it, and no more is taken meanwhile. */
  parse(): void {
    this.#screen ??= new headless.Terminal({ cols: 100, rows: 30, allowProposedApi: true });
  }

  /** Takes output. @param parsed called when there is room for more */
  protected take(chunk: Uint8Array, parsed: () => void): void {
    this.bytes += chunk.byteLength;
    const text = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1');
    const seen = () => {
      this.#look(text);
      parsed();
    };
    if (this.#screen) this.#screen.write(chunk, seen);
    else seen();
  }

  #look(text: string): void {
    const all = this.#tail + text;
    this.#waiters = this.#waiters.filter(({ pattern, resolve }) => {
      if (!pattern.test(all)) return true;
      resolve();
      return false;
    });
    this.#tail = all.slice(-TAIL);
  }

  /** Forgets what was seen, for what is waited for next. */
  clear(): void {
    this.#tail = '';
  }

  /** Resolves when the pattern is in what was seen since `clear`. */
  async until(pattern: RegExp): Promise<void> {
    if (pattern.test(this.#tail)) return;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#waiters.push({ pattern, resolve: () => resolve(undefined) });
    await promise;
  }

  [Symbol.dispose](): void {
    this.close();
    this.#screen?.dispose();
  }
}

/** A way to a shell in a session that is ready. */
export interface Peer {
  readonly name: string;
  /** Connects; the prompt is still to come. */
  open(): Promise<Line>;
}
