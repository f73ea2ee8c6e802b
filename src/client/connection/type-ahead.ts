/** What is typed before the first shell is there: a little of it is kept. */
const MOST = 4 * 1024;

export class TypeAhead {
  #kept: Uint8Array[] = [];
  #bytes = 0;

  /** Keeps all of it or, when there is too much, nothing of it. */
  add(bytes: Uint8Array): void {
    if (this.#bytes + bytes.length > MOST) return;
    this.#kept.push(bytes);
    this.#bytes += bytes.length;
  }

  /** Gives it and forgets it. */
  take(): Uint8Array {
    const all = new Uint8Array(this.#bytes);
    let at = 0;
    for (const piece of this.#kept) {
      all.set(piece, at);
      at += piece.length;
    }
    this.clear();
    return all;
  }

  clear(): void {
    this.#kept = [];
    this.#bytes = 0;
  }
}
