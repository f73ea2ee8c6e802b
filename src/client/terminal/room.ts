/** The terminal at work: screen, connection and words wired together. Loaded when a terminal is wanted. */
import { Connection } from '../connection/connection.ts';
import type { Platform } from '../connection/platform.ts';
import { keepPreferences, pageStorage, readPreferences, TEXT } from './preferences.ts';
import type { Parts } from './parts.ts';
import { RunQueue } from './run-queue.ts';
import { Screen } from './screen.ts';
import { wireTools } from './tools.ts';
import { View } from './view.ts';
import { wordsFor } from './words.ts';
import type { Action } from './words.ts';
import { xtermSink } from './xterm-sink.ts';

/** A sheet or a divider being moved would send a size with every frame. */
const SIZE_SETTLES_MS = 80;
/** A phone held upright. */
const NARROW_PX = 480;
const REPLACED = 'Your earlier sandbox had ended. This is a new one, with the files as they were at the beginning.';

export type Room = {
  /** Types a command and Return as soon as there is a shell; the terminal gets the focus. */
  run: (command: string) => void;
  /** All that the terminal shows and has scrolled off, as text. */
  readonly text: string;
};

/**
 * Sets the terminal up in its markup and connects.
 * @param tell called with each new state, in a word for programs and in words for people, and whether the session's base
 *   images are stand-ins; undefined until there was a session
 * @param signal ends it; the reader's session goes on
 */
export function openRoom(
  parts: Parts,
  platform: Platform,
  tell: (state: string, text: string, standIn: boolean | undefined) => void,
  signal: AbortSignal,
): Room {
  const storage = pageStorage();
  const preferences = readPreferences(storage, parts.screen.clientWidth < NARROW_PX ? TEXT.narrow : TEXT.usual);
  let notice = '';
  let standIn: boolean | undefined;
  let cancelTick = () => {};
  let cancelSize = () => {};

  const screen = new Screen(
    parts.screen,
    preferences,
    {
      // In a page nobody sees, input can only be the parser's answer to a query: the page that is seen gives it.
      input: (bytes) => platform.visible() && connection.input(bytes),
      resized: (cols, rows) => {
        cancelSize();
        cancelSize = platform.after(SIZE_SETTLES_MS, () => connection.resize(cols, rows));
      },
      leave: (direction) =>
        (direction === 'forward' ? parts.end : parts.afresh.hidden ? parts.reader : parts.afresh).focus(),
    },
    signal,
  );
  const encoder = new TextEncoder();
  const queue = new RunQueue(platform, (text) => {
    connection.input(encoder.encode(text));
    // It waits no longer, so the word that it does has to go.
    render();
  });
  const sink = xtermSink(screen.terminal);
  const connection = new Connection(
    platform,
    {
      ...sink,
      write: (bytes, parsed) =>
        sink.write(bytes, () => {
          parsed();
          queue.printed();
        }),
    },
    {
      state: (state) => {
        if (state.name === 'live') queue.live(connection.blank);
        else queue.away();
        render();
        tell(state.name, wordsFor(state, platform.now()).status, standIn);
      },
      engine: (state) => view.showEngine(state),
      session: (session, replaced) => {
        notice = replaced ? REPLACED : '';
        standIn = session.standIn;
      },
      refused: (bytes) => {
        notice = `${bytes.toLocaleString('en')} bytes of that were not sent: too much waits already.`;
        render();
      },
    },
  );
  const act: Record<Action, () => void> = {
    connect: () => connection.connect(),
    start: () => connection.connect(),
    reload: () => location.reload(),
  };
  const view = new View(parts, (action) => {
    act[action]();
    focus();
  });
  /** On a touch screen the focus would bring up a keyboard over the output. */
  const focus = () => {
    if (!matchMedia('(pointer: coarse)').matches) screen.focus();
  };

  function render(): void {
    const { state } = connection;
    const first = queue.waiting[0];
    const waits = first === undefined ? '' : `Runs as soon as there is a shell: ${first}`;
    view.show(wordsFor(state, platform.now()), [notice, waits].filter(Boolean).join('\n'));
    parts.notice.toggleAttribute('data-low', screen.cursorHigh);
    cancelTick();
    if (state.name === 'reconnecting') cancelTick = platform.after(1_000, render);
  }

  wireTools(parts, preferences, {
    changed: () => {
      screen.textSize = preferences.textSize;
      screen.screenReader = preferences.screenReader;
      keepPreferences(storage, preferences);
    },
    startAfresh: () => void connection.startAfresh(),
    connectNow: () => connection.connect(),
    focusScreen: focus,
    signal,
  });
  const forget = () => {
    if (notice === '') return;
    notice = '';
    render();
  };
  parts.screen.addEventListener('keydown', forget, { signal, capture: true });
  signal.addEventListener('abort', () => {
    cancelTick();
    cancelSize();
    queue.away();
    connection.dispose();
  });
  connection.connect();

  return {
    run: (command) => {
      notice = '';
      queue.add(command);
      if (connection.state.name === 'reconnecting') connection.connect();
      render();
      if (connection.state.name === 'ended') parts.panel.querySelector('button')?.focus();
      else focus();
    },
    get text() {
      return screen.text;
    },
  };
}
