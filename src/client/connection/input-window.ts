/** Input on its way to the shell: cut into pieces, sent only as fast as the shell's terminal takes it. */
import { INPUT_CHUNK, INPUT_WINDOW } from '../../../sandbox/protocol/bounds.ts';

/** What may wait in the page: a larger paste is refused from here on. */
export const INPUT_QUEUE = 1024 * 1024;

/** Kept free in the window, so that an interrupt never waits for room. */
const RESERVE = 64;

const INTERRUPT = 0x03;
/** Around a bracketed paste: https://invisible-island.net/xterm/ctlseqs/ctlseqs.html, "Bracketed Paste Mode". */
const PASTE_BEGIN = '\x1b[200~';
const PASTE_END = '\x1b[201~';

export class InputWindow {
  readonly #send: (piece: Uint8Array<ArrayBuffer>) => void;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #sent = 0;
  #taken = 0;

  /** @param send sends one piece of at most INPUT_CHUNK bytes */
  constructor(send: (piece: Uint8Array<ArrayBuffer>) => void) {
    this.#send = send;
  }

  /**
   * Sends what there is room for and keeps the rest in order. Ctrl-C alone drops what waits and goes first.
   * @returns how many bytes were refused because too much waits already
   */
  push(bytes: Uint8Array): number {
    if (bytes.length === 1 && bytes[0] === INTERRUPT) {
      this.#interrupt(bytes);
      return 0;
    }
    const room = Math.max(0, INPUT_QUEUE - this.#waitingBytes);
    const kept = bytes.subarray(0, room);
    if (kept.length > 0) this.#waiting.push(kept);
    this.#waitingBytes += kept.length;
    this.#pump(INPUT_WINDOW - RESERVE);
    return bytes.length - kept.length;
  }

  /** @param total bytes of this connection that the shell's terminal has taken, counted from its attach */
  taken(total: number): void {
    this.#taken = Math.min(this.#sent, Math.max(this.#taken, total));
    this.#pump(INPUT_WINDOW - RESERVE);
  }

  get waiting(): number {
    return this.#waitingBytes;
  }

  #interrupt(bytes: Uint8Array): void {
    this.#waiting = endsInsidePaste(this.#waiting) ? [new TextEncoder().encode(PASTE_END), bytes] : [bytes];
    this.#waitingBytes = this.#waiting.reduce((sum, piece) => sum + piece.length, 0);
    this.#pump(INPUT_WINDOW);
  }

  #pump(window: number): void {
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const room = window - (this.#sent - this.#taken);
      if (room <= 0) return;
      const piece = first.slice(0, Math.min(room, INPUT_CHUNK));
      if (piece.length === first.length) this.#waiting.shift();
      else this.#waiting[0] = first.subarray(piece.length);
      this.#waitingBytes -= piece.length;
      this.#sent += piece.length;
      this.#send(piece);
    }
  }
}

/** Whether dropping these pieces would leave the shell inside a paste whose beginning it has already got. */
function endsInsidePaste(pieces: Uint8Array[]): boolean {
  const latin1 = new TextDecoder('latin1');
  const text = pieces.map((piece) => latin1.decode(piece)).join('');
  const end = text.indexOf(PASTE_END);
  const begin = text.indexOf(PASTE_BEGIN);
  return end !== -1 && (begin === -1 || end < begin);
}
