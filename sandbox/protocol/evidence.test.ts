import { expect, test } from 'vitest';
import { isFrom } from './evidence.ts';

test.each([
  ['Dockerfile.x', 'Dockerfile.x', true],
  ['cache/Dockerfile', 'Dockerfile', true],
  ['cache/Dockerfile', 'cache/Dockerfile', true],
  ['cache/Dockerfile', './Dockerfile', true],
  ['cache/Dockerfile', 'smaller/Dockerfile', false],
  ['Dockerfile', 'cache/Dockerfile', false],
  ['cache/My.Dockerfile', 'Dockerfile', false],
])('a build of %s is from %s: %s', (file, given, is) => {
  expect(isFrom({ file }, given)).toBe(is);
});
