/** WebSocket frames (RFC 6455, 5.2) as a client sends them, and as no client does. */
import type { Random } from './random.ts';

export const OPCODE = { more: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

type Shape = { opcode: number; fin?: boolean; rsv?: number; masked?: boolean; said?: bigint };

/** Makes a frame. @param shape said: the length it claims, where that is not the payload's */
export function frame(payload: Buffer, { opcode, fin = true, rsv = 0, masked = true, said }: Shape): Buffer {
  const length = said ?? BigInt(payload.byteLength);
  const first = (fin ? 0x80 : 0) | (rsv << 4) | opcode;
  const mask = masked ? 0x80 : 0;
  let head: Buffer;
  if (length < 126n) head = Buffer.from([first, mask | Number(length)]);
  else if (length < 65_536n) {
    head = Buffer.from([first, mask | 126, 0, 0]);
    head.writeUInt16BE(Number(length), 2);
  } else {
    head = Buffer.from([first, mask | 127, 0, 0, 0, 0, 0, 0, 0, 0]);
    head.writeBigUInt64BE(length, 2);
  }
  if (!masked) return Buffer.concat([head, payload]);
  const key = Buffer.from([1, 2, 3, 4]);
  return Buffer.concat([head, key, payload.map((byte, at) => byte ^ ((at % 4) + 1))]);
}

const text = (of: string) => frame(Buffer.from(of), { opcode: OPCODE.text });

/** Messages of every kind a page sends, to be spoilt. */
const MESSAGES: readonly [unknown, ...unknown[]] = [
  { type: 'attach', cols: 80, rows: 24, resume: { epoch: '0123456789abcdef', from: 0 } },
  { type: 'resize', cols: 80, rows: 24 },
  { type: 'ack', offset: 0 },
  { type: 'ping' },
  { type: 'extend' },
  { type: 'watch', checks: [{ id: 'a', says: 'b', kind: 'image', image: 'x:1' }] },
  { type: 'layers', ask: 1, image: 'goapp:singlestage' },
  { type: 'prepare', ask: 1, files: [{ path: 'a', text: 'b', known: [] }], steps: [], overwrite: false },
];

/** A frame the gateway takes, whatever is in it. */
export function harmless(random: Random): Buffer {
  switch (random.below(6)) {
    case 0:
      return text(JSON.stringify({ type: 'resize', cols: 2 + random.below(499), rows: 1 + random.below(300) }));
    case 1:
      return text('{"type":"ping"}');
    case 2:
      return frame(random.bytes(random.below(126)), { opcode: random.one([OPCODE.ping, OPCODE.pong]) });
    case 3: {
      const [head, tail] = [random.bytes(random.below(40)), random.bytes(random.below(40))];
      return Buffer.concat([frame(head, { opcode: OPCODE.binary, fin: false }), frame(tail, { opcode: OPCODE.more })]);
    }
    default:
      return frame(random.bytes(1 + random.below(60)), { opcode: OPCODE.binary });
  }
}

/** A frame that breaks the protocol, or a message that may. */
export function hostile(random: Random): Buffer {
  const junk = random.bytes(random.below(200));
  switch (random.below(12)) {
    case 0:
      return frame(junk, { opcode: random.one([3, 4, 5, 6, 7, 11, 12, 13, 14, 15]) });
    case 1:
      return frame(junk, { opcode: random.one([OPCODE.text, OPCODE.binary]), rsv: 1 + random.below(7) });
    case 2:
      return frame(junk, { opcode: OPCODE.binary, masked: false });
    case 3:
      return frame(junk, { opcode: OPCODE.binary, said: 2n ** BigInt(17 + random.below(47)) - 1n });
    case 4:
      return frame(junk, { opcode: OPCODE.more });
    case 5:
      return frame(random.bytes(126 + random.below(200)), { opcode: random.one([OPCODE.close, OPCODE.ping]) });
    case 6:
      return frame(junk, { opcode: OPCODE.text });
    case 7:
      return frame(Buffer.concat([random.bytes(2), junk.subarray(0, 100)]), { opcode: OPCODE.close });
    case 8:
      return text('['.repeat(random.below(30_000)));
    case 9:
      return random.bytes(2 + random.below(300));
    default:
      return text(spoilt(random));
  }
}

/** A message's text, with something about it changed. */
function spoilt(random: Random): string {
  const whole = JSON.stringify(random.one(MESSAGES));
  const at = random.below(whole.length);
  switch (random.below(5)) {
    case 0:
      return whole.slice(0, at);
    case 1:
      return whole.slice(0, at) + String.fromCharCode(random.below(0x3000)) + whole.slice(at + 1);
    case 2:
      return whole.replace(/\d+/, random.one(['-1', '1e999', '9007199254740993', 'null', '"1"', '0.5', '[]']));
    case 3:
      return whole.replace(/"(?=:)/, `${random.one(['__proto__', 'constructor', 'x', ' '])}"`);
    default:
      return whole.replace('{', '{"__proto__":{"type":"ping"},"constructor":1,');
  }
}
