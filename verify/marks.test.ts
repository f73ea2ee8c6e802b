import { describe, expect, it } from 'vitest';
import { MarkReader, withoutMarks, type Part } from './marks.ts';

const output =
  '\x1b]133;D;0\x07\x1b]133;A\x07$ \x1b]133;B\x07ls\r\n\x1b]133;C\x07\x1b]0;title\x07a\x1b[1mb\x1b]133;D;7\x1b\\';

/** Texts that follow one another are one. */
function joined(parts: readonly Part[]): Part[] {
  return parts.reduce<Part[]>((all, part) => {
    const last = all.at(-1);
    if (last && 'text' in last && 'text' in part) return [...all.slice(0, -1), { text: last.text + part.text }];
    return [...all, part];
  }, []);
}
const expected: Part[] = [
  { mark: 'D', exit: 0 },
  { mark: 'A', exit: undefined },
  { text: '$ ' },
  { mark: 'B', exit: undefined },
  { text: 'ls\r\n' },
  { mark: 'C', exit: undefined },
  { text: '\x1b]0;title\x07a\x1b[1mb' },
  { mark: 'D', exit: 7 },
];

describe('the shell’s marks', () => {
  it('are told from text', () => expect(new MarkReader().take(output)).toEqual(expected));

  it.each([1, 2, 3, 5, 7])('wherever the output is cut: every %i characters', (size) => {
    const reader = new MarkReader();
    const pieces = output.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
    expect(joined(pieces.flatMap((piece) => reader.take(piece)))).toEqual(expected);
  });

  it('can be taken out', () => expect(withoutMarks(output)).toBe('$ ls\r\n\x1b]0;title\x07a\x1b[1mb'));
});
