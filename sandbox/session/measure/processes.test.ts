import { expect, test } from 'vitest';
import { descendants, parse } from './processes.ts';

test('a process may be called anything; its parent is the number after its state', () => {
  expect(parse('7 (a) S 1 (b) S 4 5 6', 7)).toEqual({ pid: 7, parent: 4 });
  expect(parse('7 (sh) R 12 7 7 0', 7)).toEqual({ pid: 7, parent: 12 });
  expect(parse('', 7)).toBeUndefined();
});

test('descendants are found at every depth, and nobody else', () => {
  const children = new Map([
    [1, [2, 3]],
    [2, [4]],
    [4, [5]],
    [9, [10]],
  ]);
  expect(descendants(children, 1).sort()).toEqual([2, 3, 4, 5]);
  expect(descendants(children, 5)).toEqual([]);
});
