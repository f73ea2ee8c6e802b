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
import { reelTextSize } from './recording/reel-size.ts';
import { drawFaster } from './renderer.ts';
import { onThemeChange, readTheme } from './theme.ts';
import { scrollByTouch } from './touch.ts';

export type ScreenEvents = {
  /** Typed, pasted, or the parser's answer to a query. */
  input: (bytes: Uint8Array) => void;
  resized: (cols: number, rows: number) => void;
  leave: (direction: 'forward' | 'back') => void;
  /** OSC 133, without its number. */
  mark?: (data: string) => void;
  /** Asked before the shell's own keys. @returns whether the key has been dealt with, or is the browser's */
  key?: (event: KeyboardEvent) => boolean;
};

/** Room that xterm leaves for its scroll bar. */
const SCROLLBAR_PX = 14;

export class Screen {
  readonly terminal: Terminal;
  readonly #place: HTMLElement;
  readonly #events: ScreenEvents;
  readonly #fit = new FitAddon();
  readonly #usual: number;
  #chosen: number;
  #held: { cols: number; rows: number } | undefined;
  #frame = 0;

  /**
   * @param place an element of a size of its own; the screen fills it
   * @param usual the text size of somebody who has set none
   * @param signal ends the screen
   */
  constructor(place: HTMLElement, preferences: Preferences, usual: number, events: ScreenEvents, signal: AbortSignal) {
    this.#place = place;
    this.#usual = usual;
    this.#chosen = preferences.textSize;
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
    this.#chosen = size;
    if (this.#held === undefined) this.terminal.options.fontSize = size;
    this.#fitSoon();
  }

  /** From now on the screen has just so many columns, and rows at least: the text is made to fit, and where it cannot be, it is scrolled. */
  hold(cells: { cols: number; rows: number }): void {
    this.#held = cells;
    this.#fitNow();
  }

  /** Scrolls the place so that the cursor can be seen. */
  reveal(): void {
    const { element, rows, buffer } = this.terminal;
    const line = (element?.clientHeight ?? 0) / rows;
    const bottom = (buffer.active.cursorY + 1) * line - this.#place.clientHeight;
    const top = buffer.active.cursorY * line;
    this.#place.scrollTop = Math.min(top, Math.max(bottom, this.#place.scrollTop));
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
    terminal.parser.registerOscHandler(133, (data) => {
      this.#events.mark?.(data);
      return true;
    });
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
    if (this.#events.key?.(event)) return false;
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
    if (this.#held) this.terminal.options.fontSize = this.#heldTextSize(this.#held.cols);
    const wanted = this.#fit.proposeDimensions();
    if (wanted === undefined || !Number.isFinite(wanted.cols) || !Number.isFinite(wanted.rows)) return;
    const cols = this.#held?.cols ?? Math.min(COLS.max, Math.max(COLS.min, wanted.cols));
    const rows = Math.min(ROWS.max, Math.max(this.#held?.rows ?? ROWS.min, wanted.rows));
    if (cols !== this.terminal.cols || rows !== this.terminal.rows) this.terminal.resize(cols, rows);
    if (this.#held) this.reveal();
  }

  #heldTextSize(cols: number): number {
    const context = document.createElement('canvas').getContext('2d');
    if (context) context.font = `100px ${this.terminal.options.fontFamily ?? 'monospace'}`;
    const advance = (context?.measureText('0').width ?? 60) / 100;
    return reelTextSize(this.#place.clientWidth - SCROLLBAR_PX, cols, advance, this.#chosen, this.#usual);
  }
}

function openLink(uri: string): void {
  if (/^https?:\/\//i.test(uri)) window.open(uri, '_blank', 'noopener,noreferrer');
}
