import { expect, test } from 'vitest';
import { OUTPUT_ACK_EVERY } from '../../../sandbox/protocol/bounds.ts';
import { OutputLedger, OutputMissing } from './output-ledger.ts';

const A = '00000000000000aa';
const B = '00000000000000bb';
const frame = (offset: number, length: number) => ({ offset, bytes: new Uint8Array(length) });

test('the first attach asks for everything and clears nothing that matters', () => {
  const ledger = new OutputLedger();
  expect(ledger.resume).toBeUndefined();
  expect(ledger.attached({ epoch: A, start: 100, end: 200 })).toBe(true);
  expect(ledger.caughtUp).toBe(false);
  ledger.accept(frame(100, 100)).done();
  expect(ledger.caughtUp).toBe(true);
  expect(ledger.resume).toEqual({ epoch: A, from: 200 });
});

test('resumes from what was received, though it is not parsed yet', () => {
  const ledger = new OutputLedger();
  ledger.attached({ epoch: A, start: 0, end: 0 });
  const { done } = ledger.accept(frame(0, 10));
  expect(ledger.resume).toEqual({ epoch: A, from: 10 });
  expect(ledger.attached({ epoch: A, start: 10, end: 10 })).toBe(false);
  expect(ledger.caughtUp).toBe(false);
  done();
  expect(ledger.caughtUp).toBe(true);
  expect(ledger.flush()).toBeUndefined();
});

test('what an old stream still has in the parser counts for nothing in the new one', () => {
  const ledger = new OutputLedger();
  ledger.attached({ epoch: A, start: 0, end: 0 });
  const old = ledger.accept(frame(0, 1_000));
  expect(ledger.attached({ epoch: B, start: 0, end: 50 })).toBe(true);
  old.done();
  expect(ledger.caughtUp).toBe(false);
  expect(ledger.flush()).toBeUndefined();
});

test('acknowledges from OUTPUT_ACK_EVERY on, and the rest when flushed, each once', () => {
  const ledger = new OutputLedger();
  ledger.attached({ epoch: A, start: 0, end: 0 });
  ledger.accept(frame(0, OUTPUT_ACK_EVERY - 1)).done();
  expect(ledger.due()).toBeUndefined();
  ledger.accept(frame(OUTPUT_ACK_EVERY - 1, 1)).done();
  expect(ledger.due()).toBe(OUTPUT_ACK_EVERY);
  expect(ledger.flush()).toBeUndefined();
  ledger.accept(frame(OUTPUT_ACK_EVERY, 5)).done();
  expect(ledger.flush()).toBe(OUTPUT_ACK_EVERY + 5);
});

test('cuts what it has and refuses a jump', () => {
  const ledger = new OutputLedger();
  ledger.attached({ epoch: A, start: 0, end: 0 });
  ledger.accept(frame(0, 10));
  expect(ledger.accept(frame(4, 10)).bytes).toHaveLength(4);
  expect(ledger.accept(frame(0, 14)).bytes).toHaveLength(0);
  expect(() => ledger.accept(frame(15, 1))).toThrow(OutputMissing);
  expect(ledger.resume?.from).toBe(14);
});

test('an announced gap moves on, never back', () => {
  const ledger = new OutputLedger();
  ledger.attached({ epoch: A, start: 0, end: 100 });
  ledger.accept(frame(0, 10)).done();
  expect(ledger.gap(5).lost).toBe(0);
  const { lost, done } = ledger.gap(100);
  expect(lost).toBe(90);
  done();
  expect(ledger.caughtUp).toBe(true);
});
