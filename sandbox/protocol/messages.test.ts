import { expect, test } from 'vitest';
import { clientMessage } from './messages.ts';
import { Problem, problemCodes, problems } from './problems.ts';

test.each([
  { type: 'attach', cols: 80, rows: 24 },
  { type: 'attach', cols: 80, rows: 24, resume: { epoch: '0123456789abcdef', from: 5 } },
  { type: 'resize', cols: 500, rows: 300 },
  { type: 'ack', offset: 0 },
  { type: 'ping' },
])('%o is a client message', (message) => {
  expect(clientMessage.parse(message)).toEqual(message);
});

test.each([
  null,
  [],
  'ping',
  {},
  { type: 'exec', command: 'id' },
  { type: 'attach', cols: 0, rows: 24 },
  { type: 'attach', cols: 80, rows: 1e9 },
  { type: 'attach', cols: 80.5, rows: 24 },
  { type: 'attach', cols: '80', rows: 24 },
  { type: 'attach', cols: 80, rows: 24, resume: { epoch: 'ABC', from: 0 } },
  { type: 'attach', cols: 80, rows: 24, session: 'another' },
  { type: 'ack', offset: -1 },
  { type: 'ack', offset: 2 ** 53 },
  { type: 'ping', extra: true },
])('%o is none', (message) => {
  expect(clientMessage.safeParse(message).success).toBe(false);
});

test.each(problemCodes)('%s says what happened, what is kept and what to do', (code) => {
  const { body, status, close } = new Problem(code, 'Detail.');
  for (const text of [body.title, body.kept, body.next]) expect(text).toMatch(/^[A-Z].*[.!?]$/);
  expect(body.detail).toBe('Detail.');
  expect(status).toBeGreaterThanOrEqual(400);
  expect(close).toBe(problems[code].close);
});
