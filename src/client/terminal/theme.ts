/** The terminal's colours: taken from the stylesheet, so that the site's theme is the terminal's. */
import type { ITheme } from '@xterm/xterm';

const names = {
  background: 'background',
  foreground: 'foreground',
  cursor: 'cursor',
  cursorAccent: 'background',
  selectionBackground: 'selection',
  selectionInactiveBackground: 'selection-inactive',
  black: 'black',
  red: 'red',
  green: 'green',
  yellow: 'yellow',
  blue: 'blue',
  magenta: 'magenta',
  cyan: 'cyan',
  white: 'white',
  brightBlack: 'bright-black',
  brightRed: 'bright-red',
  brightGreen: 'bright-green',
  brightYellow: 'bright-yellow',
  brightBlue: 'bright-blue',
  brightMagenta: 'bright-magenta',
  brightCyan: 'bright-cyan',
  brightWhite: 'bright-white',
} as const satisfies Partial<Record<keyof ITheme, string>>;

/**
 * Reads `--terminal-…` as they stand for the children of `parent` now.
 * A probe's `color` is asked, because a custom property's own value is the unresolved `light-dark(…)`.
 */
export function readTheme(parent: Element): ITheme {
  const probe = document.createElement('span');
  probe.hidden = true;
  parent.append(probe);
  const colour = (name: string): string => {
    probe.style.color = `var(--terminal-${name})`;
    return getComputedStyle(probe).color;
  };
  const theme = Object.fromEntries(Object.entries(names).map(([key, name]) => [key, colour(name)]));
  probe.remove();
  return theme;
}

/** Calls when the site's theme may have changed: the choice marked on the root element, or the system's. */
export function onThemeChange(listener: () => void, signal: AbortSignal): void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class', 'style'] });
  signal.addEventListener('abort', () => observer.disconnect());
  matchMedia('(prefers-color-scheme: light)').addEventListener('change', listener, { signal });
}
