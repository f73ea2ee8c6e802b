/** A recording on the stage: a screen of its own, the buttons, and what is said of it. The shell's screen is never written to. */
import type { Platform } from '../../connection/platform.ts';
import type { Parts } from '../parts.ts';
import type { Preferences } from '../preferences.ts';
import { Screen } from '../screen.ts';
import { fetchCast } from './cast.ts';
import type { Cast } from './cast.ts';
import { Player, SPEEDS } from './player.ts';
import type { Phase } from './player.ts';
import { clock, cutOf, labelOf, speedWord, toggleWord } from './words.ts';

/** Leaves whatever a recording may have left on: the other screen, a scroll region, colours, a hidden cursor. */
const TIDY = '\x1b[?1047l\x1b[!p\x1b[0m\x1b[?25h';

export type FilmEvents = {
  /** A recording begins, is held or ends. */
  changed: () => void;
  /** The reader types into it. */
  typed: () => void;
  leave: (direction: 'forward' | 'back') => void;
};

export class Film {
  readonly #parts: Parts;
  readonly #platform: Platform;
  readonly #events: FilmEvents;
  readonly #signal: AbortSignal;
  readonly #screen: Screen;
  readonly #player: Player;
  #command = '';
  #phase: Phase = 'empty';
  #lineBegun = false;
  #loading: AbortController | undefined;

  /** Made when the first recording is asked for; its place on the stage must be visible. */
  constructor(
    parts: Parts,
    platform: Platform,
    preferences: Preferences,
    usual: number,
    events: FilmEvents,
    signal: AbortSignal,
  ) {
    this.#parts = parts;
    this.#platform = platform;
    this.#events = events;
    this.#signal = signal;
    const { leave } = events;
    const key = (event: KeyboardEvent) => this.#key(event);
    const none = () => undefined;
    this.#screen = new Screen(parts.film, preferences, usual, { input: none, resized: none, leave, key }, signal);
    const { textarea } = this.#screen.terminal;
    if (textarea) {
      textarea.readOnly = true;
      textarea.ariaLabel = 'Recording: Space holds it and lets it go on';
    }
    this.#player = new Player(
      platform,
      (text) => this.#write(text),
      () => this.#show(),
    );
    const onClick = (button: HTMLElement, run: () => void) => button.addEventListener('click', run, { signal });
    onClick(parts.toggle, () => this.toggle());
    onClick(parts.skip, () => this.#player.end());
    onClick(parts.speed, () => this.#faster());
    signal.addEventListener('abort', () => this.#player.stop());
  }

  get phase(): Phase {
    return this.#player.phase;
  }

  get text(): string {
    return this.#screen.text;
  }

  focus(): void {
    this.#screen.focus();
  }

  set preferences({ textSize, screenReader }: Preferences) {
    this.#screen.textSize = textSize;
    this.#screen.screenReader = screenReader;
  }

  /** Plays a recording below the one before, which is shown to its end at once. Says why when it cannot be had. */
  async play(command: string, url: string): Promise<void> {
    this.#loading?.abort();
    const loading = (this.#loading = new AbortController());
    this.#player.end();
    try {
      const cast = await fetchCast(this.#platform.fetch, url, AbortSignal.any([loading.signal, this.#signal]));
      if (!loading.signal.aborted && !this.#signal.aborted) this.#begin(command, cast);
    } catch (error) {
      if (loading.signal.aborted || this.#signal.aborted) return;
      const why = error instanceof Error ? error.message : String(error);
      this.#parts.label.textContent = `The recording of ${command} cannot be played: ${why}.`;
      this.#parts.cut.textContent = '';
      this.#say(this.#parts.label.textContent);
    }
  }

  /** Holds what plays, lets go on what is held, begins again what has ended. */
  toggle(): void {
    const { cast, phase } = this.#player;
    if (phase === 'ended' && cast) this.#begin(this.#command, cast);
    else this.#player.toggle();
  }

  /** To the end at once. */
  end(): void {
    this.#loading?.abort();
    this.#player.end();
  }

  #begin(command: string, cast: Cast): void {
    this.#command = command;
    this.#write(TIDY + (this.#lineBegun ? '\r\n' : ''));
    this.#screen.hold(cast);
    const { label, cut, progress } = this.#parts;
    label.textContent = labelOf(cast);
    cut.textContent = cutOf(cast);
    progress.max = Math.max(1, cast.length);
    this.#say(`${labelOf(cast)}: ${command}`);
    this.#player.play(cast);
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) this.#player.end();
  }

  #write(text: string): void {
    this.#lineBegun = !/\n(?:\x1b\[[\d;?]*[A-Za-z])*$/.test(text);
    this.#screen.terminal.write(text, () => this.#screen.reveal());
  }

  #show(): void {
    const { progress, clock: place, toggle, skip, speed } = this.#parts;
    const { phase, position, cast } = this.#player;
    progress.value = position;
    const time = `${clock(position)} / ${clock(cast?.length ?? 0)}`;
    if (place.textContent !== time) place.textContent = time;
    speed.textContent = speedWord(this.#player.speed);
    speed.ariaLabel = `Speed ${speedWord(this.#player.speed)}`;
    toggle.textContent = toggleWord(phase);
    skip.ariaDisabled = String(phase === 'ended' || phase === 'empty');
    if (phase === this.#phase) return;
    const before = this.#phase;
    this.#phase = phase;
    if (phase === 'paused') this.#say('Recording held.');
    if (phase === 'playing' && before === 'paused') this.#say('Recording goes on.');
    if (phase === 'ended') this.#say(`End of the recording of ${this.#command}.`);
    this.#events.changed();
  }

  #faster(): void {
    const next = SPEEDS[(SPEEDS.indexOf(this.#player.speed) + 1) % SPEEDS.length] ?? 1;
    this.#player.speed = next;
    this.#say(`Speed ${speedWord(next)}`);
  }

  #say(text: string): void {
    this.#parts.said.textContent = text;
  }

  /** Space is the recording's; other keys are the browser's, so that Tab goes on; to type means to want a shell. */
  #key(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.altKey || event.metaKey || event.key === 'F6') return false;
    if (event.type !== 'keydown') return true;
    if (event.key === ' ') {
      event.preventDefault();
      if (!event.repeat) this.toggle();
    } else if (event.key.length === 1 || event.key === 'Enter' || event.key === 'Backspace') this.#events.typed();
    return true;
  }
}
