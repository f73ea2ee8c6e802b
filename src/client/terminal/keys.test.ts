import { expect, test } from 'vitest';
import { choose } from './keys.ts';
import type { Key } from './keys.ts';

const key = (text: string, more: Partial<Key> = {}): Key => ({
  type: 'keydown',
  key: text,
  code: text.length === 1 ? `Key${text.toUpperCase()}` : text,
  ctrlKey: false,
  shiftKey: false,
  altKey: false,
  metaKey: false,
  ...more,
});
const ctrl = { ctrlKey: true };
const ctrlShift = { ctrlKey: true, shiftKey: true };

test.each([
  ['a letter', key('a'), true, 'shell'],
  ['Tab', key('Tab'), false, 'shell'],
  ['Shift+Tab', key('Tab', { shiftKey: true }), false, 'shell'],
  ['Escape', key('Escape'), false, 'shell'],
  ['Ctrl+C', key('c', ctrl), false, 'shell'],
  ['Ctrl+C with a selection', key('c', ctrl), true, 'copy'],
  ['Ctrl+Shift+C', key('C', ctrlShift), true, 'copy'],
  ['Ctrl+Shift+C with nothing selected', key('C', ctrlShift), false, 'nothing'],
  ['Ctrl+Insert', key('Insert', ctrl), true, 'copy'],
  ['Ctrl+Shift+V', key('V', ctrlShift), false, 'browser'],
  ['Ctrl+V', key('v', ctrl), false, 'shell'],
  ['Ctrl+Alt+C with a selection', key('c', { ...ctrl, altKey: true }), true, 'shell'],
  ['F6', key('F6'), false, 'forward'],
  ['Shift+F6', key('F6', { shiftKey: true }), false, 'back'],
  ['F6 let go', key('F6', { type: 'keyup' }), false, 'nothing'],
  ['Ctrl+F6', key('F6', ctrl), false, 'shell'],
] as const)('%s', (_name, event, selected, choice) => {
  expect(choose(event, selected, false)).toBe(choice);
});

test('on a Mac Ctrl+C always interrupts, and F6 leaves', () => {
  expect(choose(key('c', ctrl), true, true)).toBe('shell');
  expect(choose(key('F6'), true, true)).toBe('forward');
});
