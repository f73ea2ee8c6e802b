import { expect, it } from 'vitest';
import { drawSizes } from './sizes-drawing.ts';

it('draws both at one scale', () => {
  const drawing = drawSizes(787, 3.59);
  expect(drawing.viewBoxes).toEqual({ single: '0 0 79 10', multi: '0 6 79 4' });
  expect(drawing.own).toBe('M0 10h1v-3.59h-1z');
  expect(drawing.times).toBe('The first is 219 times as large.');
});

it('says so when the second is the larger one, and keeps the scale of the larger', () => {
  const drawing = drawSizes(20, 45);
  expect(drawing.viewBoxes).toEqual({ single: '0 0 5 10', multi: '0 0 5 10' });
  expect(drawing.rest).toBe('');
  expect(drawing.times).toBe('The multi-stage image is the larger one.');
});

it('gives a decimal while the ratio is small', () =>
  expect(drawSizes(30, 12).times).toBe('The first is 2.5 times as large.'));
