import { expect, it } from 'vitest';
import type { Layer } from '../../../sandbox/protocol/evidence.ts';
import { emptyText, filesText, shareOf, split, sumText } from './layer-text.ts';

const layer = (bytes: number): Layer => ({ instruction: `RUN ${bytes}`, bytes, files: 1, largest: [] });
const layers = [layer(120e6), layer(0), layer(60e6), layer(0)];

it('parts what weighs from what does not', () => {
  expect(split(layers).heavy.map(({ bytes }) => bytes)).toEqual([120e6, 60e6]);
  expect(split(layers).empty).toHaveLength(2);
});

it('compares each with the heaviest', () => {
  expect(layers.map((one) => shareOf(one, layers))).toEqual([1, 0, 0.5, 0]);
});

it('adds up', () => {
  expect(sumText(layers)).toBe('2 layers with something in, together 180 MB.');
  expect(sumText([layer(5)])).toBe('1 layer with something in, together 5 bytes.');
});

it('counts', () => {
  expect(emptyText(layers.slice(0, 0))).toBe('');
  expect(emptyText([layer(0)])).toBe('One instruction adds nothing');
  expect(filesText({ files: 1 })).toBe('1 file');
  expect(filesText({ files: 40 })).toBe('40 files');
});
