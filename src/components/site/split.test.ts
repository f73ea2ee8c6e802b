import { expect, it } from 'vitest';
import { clampShare, shareAfterKey, shareAt } from './split.ts';

it('follows the pointer and stops at the ends', () => {
  expect(shareAt(540, 1000)).toBe(46);
  expect(shareAt(0, 1000)).toBe(65);
  expect(shareAt(999, 1000)).toBe(25);
});

it('moves the edge the way the arrow points', () => {
  expect(shareAfterKey('ArrowLeft', 46)).toBe(48);
  expect(shareAfterKey('ArrowRight', 46)).toBe(44);
  expect(shareAfterKey('ArrowRight', 25)).toBe(25);
  expect(shareAfterKey('Home', 46)).toBe(25);
  expect(shareAfterKey('End', 46)).toBe(65);
  expect(shareAfterKey('Tab', 46)).toBeUndefined();
});

it('keeps whole per cents', () => expect(clampShare(46.4)).toBe(46));
