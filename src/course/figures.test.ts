import { expect, it } from 'vitest';
import { article, cargo, measured, timesAsLarge } from './figures.ts';

it('the cargo adds up to the image it shows', () => {
  expect(cargo.reduce((sum, { mb }) => sum + mb, 0)).toBeCloseTo(measured.singleMB, 6);
  expect(cargo.at(-1)?.mb).toBe(measured.multiMB);
});

it('the single-stage image is at least 200 times as large', () => {
  expect(measured.singleMB / measured.multiMB).toBeGreaterThanOrEqual(200);
});

it('gives the factor as people say it', () => {
  expect(timesAsLarge(article)).toBe('326');
  expect(timesAsLarge(measured)).toBe('263');
  expect(timesAsLarge({ singleMB: 30, multiMB: 12 })).toBe('2.5');
});
