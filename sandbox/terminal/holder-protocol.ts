/**
 * The holder's frames: one type byte, the payload's length (32 bit), the payload; numbers big-endian.
 * The other side of it is world/holder/protocol.go. What comes from a session is a stranger's: every length is checked.
 */
export const HEADER = 5;

/** The largest payload a holder sends: well above an output frame's offset and 16 KiB. */
export const MAX_PAYLOAD = 64 * 1024;

export const toHolder = { attach: 'A', input: 'I', resize: 'R', ack: 'K', ping: 'P' } as const;
export const fromHolder = { attached: 'a', output: 'o', taken: 't', gap: 'g', pong: 'p' } as const;

export type Resume = { epoch: string; from: number };
export type Size = { cols: number; rows: number };

/** Makes a frame around a payload. */
export function frame(kind: string, payload: Uint8Array): Buffer {
  const out = Buffer.allocUnsafe(HEADER + payload.byteLength);
  out.writeUInt8(kind.charCodeAt(0), 0);
  out.writeUInt32BE(payload.byteLength, 1);
  out.set(payload, HEADER);
  return out;
}

export function attachFrame(size: Size, resume?: Resume): Buffer {
  const payload = Buffer.alloc(21);
  payload.writeUInt16BE(size.cols, 0);
  payload.writeUInt16BE(size.rows, 2);
  if (resume) {
    payload.writeUInt8(1, 4);
    payload.write(resume.epoch, 5, 'hex');
    payload.writeBigUInt64BE(BigInt(resume.from), 13);
  }
  return frame(toHolder.attach, payload);
}

export function resizeFrame(size: Size): Buffer {
  const payload = Buffer.alloc(4);
  payload.writeUInt16BE(size.cols, 0);
  payload.writeUInt16BE(size.rows, 2);
  return frame(toHolder.resize, payload);
}

export function ackFrame(offset: number): Buffer {
  const payload = Buffer.alloc(8);
  payload.writeBigUInt64BE(BigInt(offset), 0);
  return frame(toHolder.ack, payload);
}

/** A holder that breaks its protocol: the connection is given up, the shell lives on. */
export class HolderProtocolError extends Error {
  constructor(what: string) {
    super(`holder protocol: ${what}`);
    this.name = 'HolderProtocolError';
  }
}

/** An offset of 64 bit that JavaScript can count with. */
export function readOffset(payload: Buffer, at: number): number {
  if (payload.byteLength < at + 8) throw new HolderProtocolError('frame too short');
  const value = Number(payload.readBigUInt64BE(at));
  if (!Number.isSafeInteger(value)) throw new HolderProtocolError('offset out of range');
  return value;
}
