import { expect, test } from 'vitest';
import { dockerfileOf } from './dockerfile.ts';

test.each([
  ['Dockerfile.x', '/home/reader/workspace/Dockerfile.x', 'Dockerfile.x'],
  ['Dockerfile', '/home/reader/workspace/cache/Dockerfile', 'cache/Dockerfile'],
  ['Dockerfile', '/home/reader/workspace/cache/../smaller/Dockerfile', 'smaller/Dockerfile'],
  ['Dockerfile', '/tmp/Dockerfile', '/tmp/Dockerfile'],
  ['Dockerfile', '-', 'Dockerfile'],
  ['Dockerfile', '', 'cache/Dockerfile'],
])('%s at %j is %s', (filename, dockerfile, path) => {
  expect(dockerfileOf(filename, { context: '/home/reader/workspace/cache', dockerfile })).toBe(path);
});

test('where no place is known, it is the name', () => {
  expect(dockerfileOf('Dockerfile.x', undefined)).toBe('Dockerfile.x');
});

test('a context that is an address has no path', () => {
  expect(dockerfileOf('Dockerfile', { context: 'https://example.org/x.git', dockerfile: '' })).toBe('Dockerfile');
});
