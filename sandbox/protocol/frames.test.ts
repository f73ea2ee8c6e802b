import { describe, expect, test } from 'vitest';
import { readOutput, unseen, writeOutput } from './frames.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('output frames', () => {
  test('carry their offset and their bytes', () => {
    const frame = writeOutput(2 ** 40 + 7, bytes('hello'));
    expect(readOutput(frame)).toEqual({ offset: 2 ** 40 + 7, bytes: bytes('hello') });
    expect(readOutput(frame.buffer)).toEqual({ offset: 2 ** 40 + 7, bytes: bytes('hello') });
  });

  test('read from the middle of a larger buffer', () => {
    const frame = writeOutput(3, bytes('x'));
    const larger = new Uint8Array(frame.length + 10);
    larger.set(frame, 10);
    expect(readOutput(larger.subarray(10)).offset).toBe(3);
  });

  test.each([new Uint8Array(7), new Uint8Array(8).fill(255)])('refuse what is none', (frame) => {
    expect(() => readOutput(frame)).toThrow(RangeError);
  });
});

describe('what is not seen yet', () => {
  const frame = { offset: 10, bytes: bytes('abcdef') };

  test.each([
    [10, 'abcdef', 16, 0],
    [13, 'def', 16, 0],
    [16, '', 16, 0],
    [20, '', 20, 0],
    [7, 'abcdef', 16, 3],
  ])('expecting %i', (expected, text, next, missing) => {
    expect(unseen(frame, expected)).toEqual({ bytes: bytes(text), next, missing });
  });
});
