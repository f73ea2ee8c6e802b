/** Cuts a byte stream into the holder's frames, whatever pieces it arrives in. */
import { HEADER, HolderProtocolError, MAX_PAYLOAD } from './holder-protocol.ts';

/** Parts kept side by side; a stranger who sends single bytes would otherwise make each cost hundreds. */
const MAX_PARTS = 64;

export class FrameReader {
  readonly #onFrame: (kind: string, payload: Buffer) => void;
  #parts: Buffer[] = [];
  #length = 0;

  /** @param onFrame called for each whole frame; its payload may share memory with what was pushed */
  constructor(onFrame: (kind: string, payload: Buffer) => void) {
    this.#onFrame = onFrame;
  }

  /** How many pieces of memory the frame that is not whole yet is kept in. */
  get parts(): number {
    return this.#parts.length;
  }

  /** @throws HolderProtocolError when a frame announces more than MAX_PAYLOAD; at most one such frame is kept meanwhile */
  push(chunk: Buffer): void {
    this.#parts.push(chunk);
    this.#length += chunk.byteLength;
    if (this.#length < this.#wanted()) {
      if (this.#parts.length >= MAX_PARTS) this.#parts = [Buffer.concat(this.#parts, this.#length)];
      return;
    }
    let rest = this.#parts.length === 1 ? chunk : Buffer.concat(this.#parts, this.#length);
    while (rest.byteLength >= HEADER) {
      const size = payloadSize(rest);
      if (rest.byteLength < HEADER + size) break;
      const kind = String.fromCharCode(rest.readUInt8(0));
      const payload = rest.subarray(HEADER, HEADER + size);
      rest = rest.subarray(HEADER + size);
      this.#onFrame(kind, payload);
    }
    this.#parts = rest.byteLength > 0 ? [rest] : [];
    this.#length = rest.byteLength;
  }

  /** Bytes needed before another frame can be whole; small parts are not joined before that. */
  #wanted(): number {
    const first = this.#parts[0];
    return first && first.byteLength >= HEADER ? HEADER + payloadSize(first) : HEADER;
  }
}

function payloadSize(bytes: Buffer): number {
  const size = bytes.readUInt32BE(1);
  if (size > MAX_PAYLOAD) throw new HolderProtocolError(`frame of ${size} bytes`);
  return size;
}
