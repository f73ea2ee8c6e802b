/**
 * Binary WebSocket messages. Client to server: input bytes, nothing else.
 * Server to client: the absolute offset of the first byte (unsigned 64 bit, big-endian), then output bytes.
 */
export const OUTPUT_HEADER = 8;

export type OutputFrame = { offset: number; bytes: Uint8Array };

/**
 * Reads an output frame without copying its bytes.
 * @throws RangeError when the frame is shorter than its header or the offset is beyond 2^53 - 1.
 */
export function readOutput(frame: ArrayBuffer | Uint8Array): OutputFrame {
  const bytes = frame instanceof Uint8Array ? frame : new Uint8Array(frame);
  if (bytes.byteLength < OUTPUT_HEADER) throw new RangeError('output frame shorter than its header');
  const offset = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0));
  if (!Number.isSafeInteger(offset)) throw new RangeError('output offset out of range');
  return { offset, bytes: bytes.subarray(OUTPUT_HEADER) };
}

/** Makes an output frame; `offset` counts bytes from the shell's first. */
export function writeOutput(offset: number, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(OUTPUT_HEADER + bytes.byteLength);
  new DataView(frame.buffer).setBigUint64(0, BigInt(offset));
  frame.set(bytes, OUTPUT_HEADER);
  return frame;
}

export type Fresh = { bytes: Uint8Array; next: number; missing: number };

/**
 * Cuts what was already seen from a frame.
 * @param expected offset of the next byte wanted
 * @returns the unseen bytes, the offset after them, and how many bytes are missing before them
 */
export function unseen(frame: OutputFrame, expected: number): Fresh {
  const end = frame.offset + frame.bytes.byteLength;
  if (end <= expected) return { bytes: frame.bytes.subarray(0, 0), next: expected, missing: 0 };
  const cut = Math.max(0, expected - frame.offset);
  return { bytes: frame.bytes.subarray(cut), next: end, missing: Math.max(0, frame.offset - expected) };
}
