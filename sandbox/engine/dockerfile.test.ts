import { expect, test } from 'vitest';
import { dockerfileOf } from './dockerfile.ts';

test.each([
  ['Dockerfile.x', '/home/reader/workspace/Dockerfile.x', 'Dockerfile.x'],
  ['Dockerfile', '/home/reader/workspace/cache/Dockerfile', 'cache/Dockerfile'],
  ['Dockerfile', '/home/reader/workspace/cache/../smaller/Dockerfile', 'smaller/Dockerfile'],
  ['Dockerfile', '/tmp/Dockerfile', '/tmp/Dockerfile'],
  ['Dockerfile', '-', 'Dockerfile'],
  ['Dockerfile', '', 'Dockerfile'],
])('%s at %j is %s', (filename, dockerfile, path) => {
  expect(dockerfileOf(filename, { context: '/home/reader/workspace', dockerfile })).toBe(path);
});

test('where no place is known, it is the name', () => {
  expect(dockerfileOf('Dockerfile.x', undefined)).toBe('Dockerfile.x');
});
