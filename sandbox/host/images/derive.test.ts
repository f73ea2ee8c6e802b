import { expect, test } from 'vitest';
import { derivation } from './derive.ts';

const options = { from: 'base:1@sha256:00', name: 'ours:1', labels: {}, shell: 'debian:1' };

test('without authorities of the machine’s own an image is what it was', () => {
  for (const trust of ['folder', 'bundle', 'none'] as const)
    expect(derivation({ ...options, authorities: [], trust })).toEqual(['FROM base:1@sha256:00']);
});

test('what has no shell gets its bundle from an image that has one', () => {
  const lines = derivation({ ...options, authorities: ['pem'], trust: 'bundle' });
  expect(lines.filter((line) => line.startsWith('FROM'))).toEqual(['FROM debian:1 AS trust', 'FROM base:1@sha256:00']);
  expect(lines.slice(lines.lastIndexOf('FROM base:1@sha256:00')).join()).not.toContain('RUN');
});

test('what trusts nobody gets nothing', () => {
  expect(derivation({ ...options, authorities: ['pem'], trust: 'none' })).toEqual(['FROM base:1@sha256:00']);
});
