/** gRPC's framing: a byte that says whether the message is compressed, its length as u32, the message. */
import { EngineAnswer } from './api.ts';

const HEAD = 5;
const MESSAGE_MOST = 4 * 1024 * 1024;

/** @throws EngineAnswer when a message is compressed or longer than 4 MiB, or when the pieces end within one */
export async function* splitMessages(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let have = 0;
  let need = HEAD;
  for await (const piece of pieces) {
    held.push(piece);
    have += piece.length;
    while (have >= need) {
      const bytes = held.length === 1 ? (held[0] as Buffer) : Buffer.concat(held);
      const length = lengthOf(bytes);
      need = HEAD + length;
      held = [bytes];
      if (have < need) break;
      yield bytes.subarray(HEAD, need);
      held = [bytes.subarray(need)];
      have -= need;
      need = HEAD;
    }
  }
  if (have > 0) throw new EngineAnswer('the engine broke off within a message');
}

function lengthOf(bytes: Buffer): number {
  const length = bytes.readUInt32BE(1);
  if (bytes.readUInt8(0) !== 0 || length > MESSAGE_MOST)
    throw new EngineAnswer('the engine sent a message that is no use');
  return length;
}
