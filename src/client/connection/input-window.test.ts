import { expect, test } from 'vitest';
import { INPUT_CHUNK, INPUT_WINDOW } from '../../../sandbox/protocol/bounds.ts';
import { INPUT_QUEUE, InputWindow } from './input-window.ts';

function make() {
  const sent: Uint8Array[] = [];
  const window = new InputWindow((piece) => sent.push(piece));
  return { window, sent, text: () => Buffer.concat(sent).toString('latin1') };
}
const bytes = (text: string) => new TextEncoder().encode(text);
const BIG = INPUT_WINDOW * 3;

test('sends at once what there is room for, in pieces of at most INPUT_CHUNK', () => {
  const { window, sent } = make();
  window.push(new Uint8Array(INPUT_CHUNK * 2 + 1));
  expect(sent.map((piece) => piece.length)).toEqual([INPUT_CHUNK, INPUT_CHUNK, 1]);
});

test('never has more under way than the window, and loses nothing of what waits', () => {
  const { window, text } = make();
  const all = Array.from({ length: BIG }, (_, n) => String.fromCharCode(33 + (n % 90))).join('');
  window.push(bytes(all));
  let taken = 0;
  while (taken < BIG) {
    expect(text().length - taken).toBeLessThanOrEqual(INPUT_WINDOW);
    expect(text().length).toBeGreaterThan(taken);
    taken = text().length;
    window.taken(taken);
  }
  expect(text()).toBe(all);
});

test('Ctrl-C goes first and drops what was not sent, even with the window full', () => {
  const { window, text } = make();
  window.push(bytes('x'.repeat(BIG)));
  const before = text().length;
  window.push(Uint8Array.of(3));
  expect(text().slice(before)).toBe('\x03');
  expect(text().length).toBeLessThanOrEqual(INPUT_WINDOW);
  expect(window.waiting).toBe(0);
});

test('Ctrl-C in the middle of a bracketed paste closes the paste first', () => {
  const { window, text } = make();
  window.push(bytes(`\x1b[200~${'x'.repeat(BIG)}\x1b[201~`));
  window.push(Uint8Array.of(3));
  expect(text().endsWith('x\x1b[201~\x03')).toBe(true);
});

test('a paste that had not begun needs no closing', () => {
  const { window, text } = make();
  window.push(bytes('x'.repeat(BIG)));
  window.push(bytes('\x1b[200~never sent\x1b[201~'));
  window.push(Uint8Array.of(3));
  expect(text().endsWith('x\x03')).toBe(true);
});

test('a pasted Ctrl-C among other bytes is only a byte', () => {
  const { window, text } = make();
  window.push(bytes('a\x03b'));
  expect(text()).toBe('a\x03b');
});

test('refuses what is beyond the queue and says how much', () => {
  const { window } = make();
  window.push(new Uint8Array(INPUT_WINDOW));
  expect(window.push(new Uint8Array(INPUT_QUEUE))).toBeGreaterThan(0);
  expect(window.waiting).toBe(INPUT_QUEUE);
});

test('believes no count of taken bytes beyond what was sent', () => {
  const { window, text } = make();
  window.push(bytes('x'.repeat(BIG)));
  window.taken(BIG * 10);
  expect(text().length).toBeLessThanOrEqual(INPUT_WINDOW * 2);
});
