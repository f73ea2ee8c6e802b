import { expect, it } from 'vitest';
import { parseSizes } from './own-sizes.ts';

it('reads two sizes', () => expect(parseSizes('787 3.59')).toEqual({ singleMB: 787, multiMB: 3.59 }));

it.each([null, '', '787', '787 0', '787 -1', 'a b', '1 2 3'])('takes nothing from %s', (kept) => {
  expect(parseSizes(kept)).toBeUndefined();
});
