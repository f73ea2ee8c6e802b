import { expect, it } from 'vitest';
import { presets } from './calculator-answer.ts';
import { haveAt, momentText, NODES_DRAWN, storm } from './storm.ts';

it('draws the fleet of the calculator', () => {
  const { pulls, drawn, large, small } = storm(presets[0].values);
  expect([pulls, drawn]).toEqual([100, 100]);
  expect(large).toBeCloseTo(64);
  expect(small).toBeCloseTo(0.24);
});

it('draws no more nodes than can be seen', () => {
  const many = storm({ ...presets[0].values, nodes: 5000, replicas: 5000 });
  expect(many.pulls).toBe(5000);
  expect(many.drawn).toBe(NODES_DRAWN);
});

it('fills at an even rate and no further than full', () => {
  expect(haveAt(16, 64)).toBe(0.25);
  expect(haveAt(90, 64)).toBe(1);
});

it('says what stands at the moment the small image is there', () => {
  expect(momentText(storm(presets[0].values))).toBe(
    'After 0.24 s: all 100 nodes have the small image, and less than a hundredth of the large one, which takes 1 min 4 s.',
  );
  expect(momentText(storm({ ...presets[0].values, smallMB: 400 }))).toContain('50 %');
  expect(momentText(storm({ ...presets[0].values, smallMB: 900 }))).toContain('no later');
});
