/** The terminal's screen: xterm with its addons, fitted to its place, in the site's colours. */
import '@xterm/xterm/css/xterm.css';
import { FitAddon } from '@xterm/addon-fit';
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal } from '@xterm/xterm';
import { COLS, ROWS } from '../../../sandbox/protocol/bounds.ts';
import { copyText } from './clipboard.ts';
import { choose } from './keys.ts';
import type { Preferences } from './preferences.ts';
import { drawFaster } from './renderer.ts';
import { onThemeChange, readTheme } from './theme.ts';
import { scrollByTouch } from './touch.ts';

export type ScreenEvents = {
  /** Typed, pasted, or the parser's answer to a query. */
  input: (bytes: Uint8Array) => void;
  resized: (cols: number, rows: number) => void;
  leave: (direction: 'forward' | 'back') => void;
};

export class Screen {
  readonly terminal: Terminal;
  readonly #place: HTMLElement;
  readonly #events: ScreenEvents;
  readonly #fit = new FitAddon();
  #frame = 0;

  /**
   * @param place an element of a size of its own; the screen fills it
   * @param signal ends the screen
   */
  constructor(place: HTMLElement, preferences: Preferences, events: ScreenEvents, signal: AbortSignal) {
    this.#place = place;
    this.#events = events;
    this.terminal = new Terminal({
      // Needed for character widths by grapheme.
      allowProposedApi: true,
      cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
      fontFamily: getComputedStyle(place).fontFamily,
      fontSize: preferences.textSize,
      lineHeight: 1.15,
      linkHandler: { activate: (_event, uri) => openLink(uri), ...this.#hint() },
      minimumContrastRatio: 4.5,
      rescaleOverlappingGlyphs: true,
      screenReaderMode: preferences.screenReader,
      scrollback: 10_000,
      theme: readTheme(place),
    });
    this.#load();
    this.terminal.open(place);
    this.#wire(signal);
    this.#fitNow();
    void drawFaster(this.terminal);
  }

  focus(): void {
    this.terminal.focus();
  }

  set textSize(size: number) {
    this.terminal.options.fontSize = size;
    this.#fitSoon();
  }

  set screenReader(on: boolean) {
    this.terminal.options.screenReaderMode = on;
  }

  /** Whether the cursor is in the upper half. */
  get cursorHigh(): boolean {
    return this.terminal.buffer.active.cursorY < this.terminal.rows / 2;
  }

  /** All that is on the screen and scrolled off it, as text: wrapped lines joined, nothing after the last that is not empty. */
  get text(): string {
    const { active } = this.terminal.buffer;
    let text = '';
    for (let row = 0; row < active.length; row += 1) {
      const line = active.getLine(row);
      const wrapped = active.getLine(row + 1)?.isWrapped === true;
      text += (line?.translateToString(!wrapped) ?? '') + (wrapped ? '' : '\n');
    }
    return text.trimEnd();
  }

  #load(): void {
    const { terminal } = this;
    terminal.loadAddon(this.#fit);
    terminal.loadAddon(new UnicodeGraphemesAddon());
    terminal.loadAddon(new WebLinksAddon((_event, uri) => openLink(uri), this.#hint()));
    terminal.attachCustomKeyEventHandler((event) => this.#key(event));
    const encoder = new TextEncoder();
    terminal.onData((text) => this.#events.input(encoder.encode(text)));
    terminal.onBinary((text) => this.#events.input(Uint8Array.from(text, (char) => char.charCodeAt(0))));
    terminal.onResize(({ cols, rows }) => this.#events.resized(cols, rows));
  }

  #wire(signal: AbortSignal): void {
    const sizes = new ResizeObserver(() => this.#fitSoon());
    sizes.observe(this.#place);
    scrollByTouch(this.#place, this.terminal, signal);
    onThemeChange(() => (this.terminal.options.theme = readTheme(this.#place)), signal);
    signal.addEventListener('abort', () => {
      sizes.disconnect();
      cancelAnimationFrame(this.#frame);
      this.terminal.dispose();
    });
  }

  /** Says where a link leads, which its text need not. */
  #hint(): { hover: (event: MouseEvent, uri: string) => void; leave: () => void } {
    return { hover: (_event, uri) => (this.#place.title = uri), leave: () => this.#place.removeAttribute('title') };
  }

  /** @returns whether xterm is to handle the key */
  #key(event: KeyboardEvent): boolean {
    const choice = choose(event, this.terminal.hasSelection(), /Mac|iPhone|iPad/.test(navigator.userAgent));
    if (choice === 'shell') return true;
    if (choice === 'browser') return false;
    event.preventDefault();
    if (choice === 'copy') {
      void copyText(this.terminal.getSelection());
      this.terminal.clearSelection();
    } else if (choice !== 'nothing') this.#events.leave(choice);
    return false;
  }

  #fitSoon(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#fitNow());
  }

  #fitNow(): void {
    // A place that is folded away keeps the size it had.
    if (this.#place.clientHeight < 20 || this.#place.clientWidth < 40) return;
    const wanted = this.#fit.proposeDimensions();
    if (wanted === undefined || !Number.isFinite(wanted.cols) || !Number.isFinite(wanted.rows)) return;
    const cols = Math.min(COLS.max, Math.max(COLS.min, wanted.cols));
    const rows = Math.min(ROWS.max, Math.max(ROWS.min, wanted.rows));
    if (cols !== this.terminal.cols || rows !== this.terminal.rows) this.terminal.resize(cols, rows);
  }
}

function openLink(uri: string): void {
  if (/^https?:\/\//i.test(uri)) window.open(uri, '_blank', 'noopener,noreferrer');
}
