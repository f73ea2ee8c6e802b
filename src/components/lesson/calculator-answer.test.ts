import { expect, it } from 'vitest';
import { answer, fields, presets } from './calculator-answer.ts';

it('answers the first example: 80 GB against 300 MB', () => {
  const { rows, sentence } = answer(presets[0].values);
  expect(rows.map(({ large, small }) => [large, small])).toEqual([
    ['800 MB', '3 MB'],
    ['80 GB', '300 MB'],
    ['1 min 4 s', '0.24 s'],
  ]);
  expect(sentence).toBe(
    '100 nodes pull 80 GB or 300 MB. The wait is 1 min 4 s or 0.24 s, and the registry’s link is what holds it up.',
  );
});

it('speaks of one node as one, and of no registry that is wide enough', () => {
  expect(answer(presets[2].values).sentence).toBe('One node pulls 800 MB or 3 MB. The wait is 10 min 40 s or 2.4 s.');
});

it('draws the small image in proportion, and never past the large one', () => {
  expect(answer(presets[0].values).rows[0]?.share).toBeCloseTo(3 / 800, 9);
  expect(answer({ ...presets[0].values, smallMB: 900 }).rows[0]?.share).toBe(1);
});

it('has a field for every value of an example, inside its bound', () => {
  for (const { values } of presets) {
    for (const { name, most } of fields) expect(values[name]).toBeLessThanOrEqual(most);
    expect(Object.keys(values).toSorted()).toEqual(fields.map(({ name }) => name).toSorted());
  }
});
