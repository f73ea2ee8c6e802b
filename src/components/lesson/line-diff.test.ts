import { expect, it } from 'vitest';
import { diffText, lineDiff } from './line-diff.ts';

it('shows what went and what came, in the order of the file', () => {
  const { text, removed, added } = lineDiff('FROM a\nCOPY . .\nRUN x\n', 'FROM a\nCOPY go.mod .\nRUN y\nRUN x');
  expect(text).toBe('FROM a\nCOPY . .\nCOPY go.mod .\nRUN y\nRUN x');
  expect(removed).toEqual([2]);
  expect(added).toEqual([3, 4]);
});

it('says how many', () => {
  expect(diffText(lineDiff('a\n', 'a\nb\nc\n'))).toBe('2 lines added, 0 lines taken out.');
  expect(diffText(lineDiff('a', 'a\n'))).toBe('No line differs.');
});
