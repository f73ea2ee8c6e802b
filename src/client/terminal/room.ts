/** The terminal at work: screen, connection and words wired together. Loaded when a terminal is wanted. */
import { Connection } from '../connection/connection.ts';
import type { Ask, Evidence } from '../connection/evidence.ts';
import type { Platform } from '../connection/platform.ts';
import { Lookout } from './lookout.ts';
import { readMark, Spaced } from './marks.ts';
import { keepPreferences, pageStorage, readPreferences, TEXT } from './preferences.ts';
import type { Parts } from './parts.ts';
import { RunQueue } from './run-queue.ts';
import { saveFiles } from './save-files.ts';
import { Screen } from './screen.ts';
import { Stage } from './stage.ts';
import { wireTools } from './tools.ts';
import { View } from './view.ts';
import { earlier, told, wordsFor } from './words.ts';
import type { Action } from './words.ts';
import { xtermSink } from './xterm-sink.ts';

/** A sheet or a divider being moved would send a size with every frame. */
const SIZE_SETTLES_MS = 80;
/** A phone held upright. */
const NARROW_PX = 480;
/** Files are judged when a command has ended, for they have no events; not more often than so. */
const WATCH_APART_MS = 500;
const BUSY = 'Runs when what is running has ended (press Run again to type it now):';

/** A command to run and, where no sandbox is to be had, the address of its recording. */
export type Run = { command: string; cast: string | undefined };

export type RoomEvents = {
  /** A new state, in a word for programs and in words for people, and whether the session's base images are stand-ins; undefined until there was one. */
  state: (state: string, text: string, standIn: boolean | undefined) => void;
  evidence: (evidence: Evidence) => void;
  /** A command has ended in a shell that says so. */
  commandEnded: (exit: number | undefined) => void;
};

export type Room = {
  /** Types a command and Return as soon as there is a shell, or plays its recording where there is none; the terminal gets the focus. */
  run: (run: Run) => void;
  /** Asks the sandbox beside the shell, as soon as there is one. */
  ask: (ask: Ask) => void;
  /** All that the terminal shows and has scrolled off, as text. */
  readonly text: string;
};

/**
 * Sets the terminal up in its markup and connects.
 * @param signal ends it; the reader's session goes on
 */
export function openRoom(parts: Parts, platform: Platform, events: RoomEvents, signal: AbortSignal): Room {
  const storage = pageStorage();
  const usual = parts.screen.clientWidth < NARROW_PX ? TEXT.narrow : TEXT.usual;
  const preferences = readPreferences(storage, usual);
  const casts = new Map<string, string>();
  const { title } = document;
  let notice = '';
  let running = false;
  let standIn: boolean | undefined;
  let cancelTick = () => {};
  let cancelSize = () => {};

  const leave = (direction: 'forward' | 'back') => {
    if (direction === 'back') (parts.afresh.hidden ? parts.reader : parts.afresh).focus();
    else (lookout.alert?.button ? parts.answer : parts.end).focus();
  };
  const screen = new Screen(
    parts.screen,
    preferences,
    usual,
    {
      // In a page nobody sees, input can only be the parser's answer to a query: the page that is seen gives it.
      input: (bytes) => platform.visible() && connection.input(bytes),
      resized: (cols, rows) => {
        cancelSize();
        cancelSize = platform.after(SIZE_SETTLES_MS, () => connection.resize(cols, rows));
      },
      leave,
      mark: (data) => marked(data),
    },
    signal,
  );
  const stage = new Stage(
    parts,
    platform,
    screen,
    preferences,
    usual,
    {
      changed: () => render(),
      leave,
      typedInVain: () => {
        notice = 'This is a recording: what you type goes nowhere. Space holds it and lets it go on.';
        render();
      },
    },
    signal,
  );
  const encoder = new TextEncoder();
  const queue = new RunQueue(platform, (text) => {
    connection.input(encoder.encode(text));
    // It waits no longer, so the word that it does has to go.
    render();
  });
  const again = new Spaced(platform, WATCH_APART_MS, () => connection.watchAgain());
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
      clear: () => {
        queue.unsure();
        sink.clear();
      },
      skipped: (bytes, parsed) => {
        queue.unsure();
        sink.skipped(bytes, parsed);
      },
    },
    {
      state: (state) => {
        if (state.name === 'live') queue.live(connection.blank);
        else queue.away();
        stage.enter(state);
        if (state.name === 'recorded') playWaiting();
        render();
        tell();
      },
      engine: (state) => {
        view.showEngine(state);
        lookout.engine(state);
      },
      usage: (usage) => lookout.usage(usage),
      problem: (problem) => say(told(problem)),
      session: (session, replaced) => {
        notice = replaced || session.ended ? earlier(session.ended) : '';
        standIn = session.standIn;
      },
      evidence: events.evidence,
      refused: (bytes) => say(`${bytes.toLocaleString('en')} bytes of that were not sent: too much waits already.`),
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
  const lookout = new Lookout(
    parts,
    platform,
    {
      stay: (how) => connection.stay(how),
      save: () => void saveFiles(platform).then(say),
      afresh: () => parts.confirm.showModal(),
      say: (text) => say(text),
      show: (alert, now) => view.showAlert(alert, now, focus),
      changed: () => tell(),
      focusScreen: () => focus(),
    },
    signal,
  );
  /** On a touch screen the focus would bring up a keyboard over the output. */
  const focus = () => {
    if (!matchMedia('(pointer: coarse)').matches) stage.focus();
  };

  function say(text: string): void {
    notice = text;
    render();
  }

  function tell(): void {
    const { state } = connection;
    const { status } = wordsFor(state, platform.now());
    const word = lookout.alert?.short;
    // All that a tab in the background shows.
    document.title = word === undefined ? title : `${word}: ${title}`;
    events.state(state.name, word ?? status, standIn);
  }

  /** Of what was asked for while a sandbox was hoped for, the newest is played. */
  function playWaiting(): void {
    const command = queue.drop().at(-1);
    if (command !== undefined) play({ command, cast: casts.get(command) });
  }

  function play({ command, cast }: Run): void {
    if (cast === undefined) notice = `There is no recording of this command: ${command}`;
    else stage.play(command, cast);
  }

  function marked(data: string): void {
    const mark = readMark(data);
    if (mark === undefined) return;
    queue.marked(mark);
    if (mark.kind === 'C') running = true;
    if (mark.kind !== 'D') return;
    // What ended before this page was there is not news.
    if (connection.state.name === 'live') {
      if (running) events.commandEnded(mark.exit);
      again.ask();
    }
    running = false;
  }

  function render(): void {
    const { state } = connection;
    const first = queue.waiting[0];
    const waits = first === undefined ? '' : `${queue.busy ? BUSY : 'Runs as soon as there is a shell:'} ${first}`;
    const covered = stage.shown === 'recording' || (state.name === 'recorded' && state.seen);
    view.show(wordsFor(state, platform.now()), [notice, waits].filter(Boolean).join('\n'), covered);
    view.showFoot(stage.foot);
    parts.notice.toggleAttribute('data-low', screen.cursorHigh);
    cancelTick();
    if (state.name === 'reconnecting') cancelTick = platform.after(1_000, render);
  }

  wireTools(parts, preferences, {
    changed: () => {
      stage.preferences = preferences;
      keepPreferences(storage, preferences);
    },
    startAfresh: () => void connection.startAfresh(),
    connectNow: () => connection.connect(),
    focusScreen: focus,
    signal,
  });
  parts.again.addEventListener('click', () => connection.connect(), { signal });
  const forget = () => {
    if (notice === '') return;
    notice = '';
    render();
  };
  for (const place of [parts.screen, parts.film]) place.addEventListener('keydown', forget, { signal, capture: true });
  signal.addEventListener('abort', () => {
    cancelTick();
    cancelSize();
    again.stop();
    queue.away();
    connection.dispose();
  });
  connection.connect();

  return {
    run: (run) => {
      notice = '';
      if (connection.state.name === 'recorded') play(run);
      else {
        stage.showShell();
        if (run.cast !== undefined) casts.set(run.command, run.cast);
        queue.add(run.command);
        if (connection.state.name === 'reconnecting') connection.connect();
      }
      render();
      if (connection.state.name === 'ended') parts.panel.querySelector('button')?.focus();
      else focus();
    },
    ask: (ask) => connection.ask(ask),
    get text() {
      return stage.text;
    },
  };
}
