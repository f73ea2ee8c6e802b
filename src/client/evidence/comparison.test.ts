import { expect, it } from 'vitest';
import { comparison } from './comparison.ts';

it('compares the largest with the smallest', () => {
  const images = [
    { name: 'a', bytes: 20 },
    { name: 'b', bytes: 900 },
    { name: 'c', bytes: 3 },
  ];
  expect(comparison(images)).toBe('b is 300 times as large as c.');
});

it('is silent where there is nothing to compare', () => {
  expect(comparison([])).toBe('');
  expect(comparison([{ name: 'a', bytes: 3 }])).toBe('');
  expect(
    comparison([
      { name: 'a', bytes: 3 },
      { name: 'b', bytes: 3 },
    ]),
  ).toBe('');
});
