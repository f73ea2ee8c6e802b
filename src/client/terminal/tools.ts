/** The buttons of the terminal's bar. */
import { clampText, TEXT } from './preferences.ts';
import type { Parts } from './parts.ts';
import type { Preferences } from './preferences.ts';

export type Tools = {
  /** `preferences` were changed. */
  changed: () => void;
  startAfresh: () => void;
  connectNow: () => void;
  focusScreen: () => void;
  signal: AbortSignal;
};

/** @param preferences changed in place */
export function wireTools(parts: Parts, preferences: Preferences, tools: Tools): void {
  const { signal } = tools;
  const onClick = (button: HTMLElement, listener: () => void) => button.addEventListener('click', listener, { signal });
  const show = () => {
    parts.smaller.disabled = preferences.textSize <= TEXT.min;
    parts.larger.disabled = preferences.textSize >= TEXT.max;
    parts.reader.ariaPressed = String(preferences.screenReader);
  };
  const resize = (by: number) => {
    preferences.textSize = clampText(preferences.textSize + by);
    show();
    tools.changed();
  };
  onClick(parts.smaller, () => resize(-1));
  onClick(parts.larger, () => resize(1));
  onClick(parts.reader, () => {
    preferences.screenReader = !preferences.screenReader;
    show();
    tools.changed();
  });
  onClick(parts.now, tools.connectNow);
  onClick(parts.afresh, () => parts.confirm.showModal());
  onClick(parts.confirmed, tools.startAfresh);
  parts.confirm.addEventListener('close', tools.focusScreen, { signal });
  wireEnlarge(parts, onClick);
  show();
  parts.tools.hidden = false;
}

/** As large as the window, in the browser's top layer: Escape stays the shell's, which it would not in full screen. */
function wireEnlarge(parts: Parts, onClick: (button: HTMLElement, listener: () => void) => void): void {
  const host = parts.tools.closest<HTMLElement>('slipway-terminal');
  if (host === null || typeof host.showPopover !== 'function') {
    parts.enlarge.hidden = true;
    return;
  }
  onClick(parts.enlarge, () => {
    const large = host.popover === null;
    host.popover = large ? 'manual' : null;
    if (large) host.showPopover();
    parts.enlarge.ariaPressed = String(large);
  });
}
