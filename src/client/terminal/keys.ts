/** Which keys are not the shell's. */

export type Key = Pick<KeyboardEvent, 'type' | 'key' | 'code' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey'>;

export type KeyChoice =
  /** Goes to the shell, as nearly all do, Tab too. */
  | 'shell'
  /** Copies the selection. */
  | 'copy'
  /** The browser does what it does with this key: it pastes. */
  | 'browser'
  /** Focus leaves the terminal. */
  | 'forward'
  | 'back'
  /** Means something here, but not now. */
  | 'nothing';

/**
 * F6 and Shift+F6 leave, as between the panes of browsers, of Windows and of VS Code, so that Tab can be the shell's without
 * trapping anybody (WCAG 2.1.2). Ctrl+C interrupts, unless something is selected: then it copies.
 * @param selected whether text is selected in the terminal
 * @param mac copying and pasting have Command there, and Ctrl+C never copies
 */
export function choose(key: Key, selected: boolean, mac: boolean): KeyChoice {
  if (key.key === 'F6' && !key.ctrlKey && !key.altKey && !key.metaKey) {
    if (key.type !== 'keydown') return 'nothing';
    return key.shiftKey ? 'back' : 'forward';
  }
  if (mac || key.altKey || key.metaKey || key.type !== 'keydown') return 'shell';
  if (key.ctrlKey && key.code === 'KeyC') {
    if (key.shiftKey) return selected ? 'copy' : 'nothing';
    return selected ? 'copy' : 'shell';
  }
  if (key.ctrlKey && key.key === 'Insert') return selected ? 'copy' : 'shell';
  if (key.ctrlKey && key.shiftKey && key.code === 'KeyV') return 'browser';
  return 'shell';
}
