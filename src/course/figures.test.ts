import { expect, it } from 'vitest';
import { article, cargo, measured, timesAsLarge } from './figures.ts';

it('the cargo adds up to the image it shows', () => {
  expect(Math.abs(cargo.reduce((sum, { mb }) => sum + mb, 0) - measured.singleMB)).toBeLessThan(2);
  expect(cargo.at(-1)?.mb).toBe(measured.multiMB);
  for (const { what, mb } of cargo) expect(mb, what).toBeGreaterThan(1);
});

it('the single-stage image is at least 200 times as large', () => {
  expect(measured.singleMB / measured.multiMB).toBeGreaterThanOrEqual(200);
});

it('gives the factor as people say it', () => {
  expect(timesAsLarge(article)).toBe('326');
  expect(timesAsLarge({ singleMB: 30, multiMB: 12 })).toBe('2.5');
});
