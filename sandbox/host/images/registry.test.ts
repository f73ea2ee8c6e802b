import { expect, test } from 'vitest';
import { registryOf } from './registry.ts';

test.each([
  ['alpine:3.22', 'registry-1.docker.io'],
  ['someone/image@sha256:00', 'registry-1.docker.io'],
  ['gcr.io/distroless/static-debian13:nonroot', 'gcr.io'],
  ['localhost/one', 'localhost'],
  ['box:5000/one/two:3', 'box:5000'],
])('%s is asked for at %s', (reference, host) => {
  expect(registryOf(reference)).toBe(host);
});
