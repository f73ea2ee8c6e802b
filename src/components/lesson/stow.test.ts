import { expect, it } from 'vitest';
import { stow } from './stow.ts';

const area = (blocks: readonly { width: number; height: number }[]) =>
  blocks.reduce((sum, block) => sum + block.width * block.height, 0);

it('keeps every megabyte: the drawn area is the amount', () => {
  const amounts = [120, 400, 215, 48.4, 3.6];
  const { holds, columns } = stow(amounts, 16);
  holds.forEach((blocks, index) => expect(area(blocks)).toBeCloseTo(amounts[index] ?? NaN, 6));
  expect(columns).toBe(50);
});

it('fills a column from the deck up before it begins the next', () => {
  expect(stow([3, 4], 5).holds).toEqual([
    [{ x: 0, y: 0, width: 1, height: 3 }],
    [
      { x: 0, y: 3, width: 1, height: 2 },
      { x: 1, y: 0, width: 1, height: 2 },
    ],
  ]);
});

it('draws whole columns as one block', () => {
  expect(stow([2, 24], 10).holds[1]).toEqual([
    { x: 0, y: 2, width: 1, height: 8 },
    { x: 1, y: 0, width: 1, height: 10 },
    { x: 2, y: 0, width: 1, height: 6 },
  ]);
});

it('cuts a box for a part of a megabyte', () => {
  const { holds, columns } = stow([3.59], 10);
  expect(holds[0]).toEqual([{ x: 0, y: 0, width: 1, height: 3.59 }]);
  expect(columns).toBe(1);
});

it('keeps two blocks from overlapping, whatever the amounts', () => {
  const { holds } = stow([0.4, 9.6, 31.2, 0, 18.8, 5], 10);
  const cells = holds.flat().map((b) => [b.x, b.x + b.width, b.y, b.y + b.height] as const);
  for (const [i, a] of cells.entries()) {
    for (const b of cells.slice(i + 1)) {
      const apart = a[1] <= b[0] + 1e-9 || b[1] <= a[0] + 1e-9 || a[3] <= b[2] + 1e-9 || b[3] <= a[2] + 1e-9;
      expect(apart).toBe(true);
    }
  }
});

it.each([-1, NaN, Infinity])('refuses %s', (amount) =>
  expect(() => stow([amount], 5)).toThrow('expected 0 MB or more'),
);
