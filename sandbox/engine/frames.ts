/** Docker's framing of a stream without a terminal: eight bytes (which stream, three zeros, length as u32) before each piece. */

const HEADER = 8;
export const STDOUT = 1;
export const STDERR = 2;

/** Takes pieces as they arrive; gives payload at once, uncopied, however frames and pieces are cut. */
export class FrameSplitter {
  readonly #take: (stream: number, bytes: Buffer) => void;
  readonly #header = Buffer.allocUnsafe(HEADER);
  #have = 0;
  #stream = STDOUT;
  #left = 0;

  /** @param take gets every non-empty piece of payload, in order */
  constructor(take: (stream: number, bytes: Buffer) => void) {
    this.#take = take;
  }

  /** True between frames: the stream may end here. */
  get whole(): boolean {
    return this.#left === 0 && this.#have === 0;
  }

  /** @throws RangeError when a header names no known stream: these bytes are not framed */
  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#left === 0) {
        at = this.#readHeader(chunk, at);
        continue;
      }
      const end = Math.min(chunk.length, at + this.#left);
      this.#left -= end - at;
      this.#take(this.#stream, chunk.subarray(at, end));
      at = end;
    }
  }

  #readHeader(chunk: Buffer, at: number): number {
    const end = Math.min(chunk.length, at + HEADER - this.#have);
    this.#have += chunk.copy(this.#header, this.#have, at, end);
    if (this.#have === HEADER) {
      this.#have = 0;
      this.#stream = this.#header.readUInt8(0);
      this.#left = this.#header.readUInt32BE(4);
      if (this.#stream > STDERR) throw new RangeError(`no stream ${this.#stream} in a Docker frame`);
    }
    return end;
  }
}
