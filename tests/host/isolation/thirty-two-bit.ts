/** A program of 64 bits that makes a 32-bit system call, which a filter of 64-bit calls alone does not know. */

const BASE = 0x400000;
const HEADERS = 64 + 56;
const WORD = Buffer.from('THROUGH32\n');

/** An ELF file for x86-64: write(1, …) by int 0x80, then exit(0) by syscall. Source of the layout: elf(5). */
export function thirtyTwoBit(): Buffer {
  const word = BASE + HEADERS;
  const code = Buffer.concat([
    bytes(0xb8, int(4)), // mov eax, write
    bytes(0xbb, int(1)), // mov ebx, standard output
    bytes(0xb9, int(word)), // mov ecx, word
    bytes(0xba, int(WORD.length)), // mov edx, length
    Buffer.from([0xcd, 0x80]), // int 0x80
    bytes(0xb8, int(60)), // mov eax, exit
    Buffer.from([0x31, 0xff, 0x0f, 0x05]), // xor edi, edi; syscall
  ]);
  const file = Buffer.alloc(HEADERS);
  Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]).copy(file);
  file.writeUInt16LE(2, 16); // an executable
  file.writeUInt16LE(62, 18); // x86-64
  file.writeUInt32LE(1, 20);
  file.writeBigUInt64LE(BigInt(word + WORD.length), 24); // where it begins
  file.writeBigUInt64LE(64n, 32); // program headers
  file.writeUInt16LE(64, 52);
  file.writeUInt16LE(56, 54);
  file.writeUInt16LE(1, 56);
  file.writeUInt32LE(1, 64); // to be loaded
  file.writeUInt32LE(5, 68); // readable, executable
  file.writeBigUInt64LE(BigInt(BASE), 80);
  file.writeBigUInt64LE(BigInt(BASE), 88);
  const length = BigInt(HEADERS + WORD.length + code.length);
  file.writeBigUInt64LE(length, 96);
  file.writeBigUInt64LE(length, 104);
  file.writeBigUInt64LE(0x1000n, 112);
  return Buffer.concat([file, WORD, code]);
}

const int = (value: number): Buffer => {
  const four = Buffer.alloc(4);
  four.writeUInt32LE(value);
  return four;
};
const bytes = (first: number, rest: Buffer): Buffer => Buffer.concat([Buffer.from([first]), rest]);
