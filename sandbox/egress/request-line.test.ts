import { expect, test } from 'vitest';
import { readRequest } from './request-line.ts';

test('a line is read whole', () => {
  expect(readRequest('request 1795524116.313 140 10.64.0.2 CONNECT deb.debian.org 443 200 158 140588')).toEqual({
    began: 1_795_524_116_173,
    ms: 140,
    address: '10.64.0.2',
    method: 'CONNECT',
    host: 'deb.debian.org',
    port: 443,
    status: 200,
    sent: 158,
    received: 140_588,
  });
});

test('what a stranger made up is left out, and so is a line that is none', () => {
  expect(readRequest('request 1.000 0 10.64.0.2 WHAT%20IS "x\\u001b[2J" - 400 1 2')).toMatchObject({
    method: '-',
    host: '-',
    port: 0,
  });
  expect(readRequest(`request 1.000 0 10.64.0.2 GET ${'a'.repeat(300)} 80 400 1 2`)?.host).toBe('-');
  for (const line of ['', 'FATAL: something', 'request 1.000 0 10.64.0.2 GET a 80 400 1'])
    expect(readRequest(line)).toBeUndefined();
});
