/** What the stage shows, the shell or a recording, and the line below it. Focus moves only when what holds it is hidden. */
import type { Platform } from '../connection/platform.ts';
import type { State } from '../connection/state.ts';
import { footFor, shownIn } from './foot.ts';
import type { Foot, Shown } from './foot.ts';
import type { Parts } from './parts.ts';
import type { Preferences } from './preferences.ts';
import { Film } from './recording/film.ts';
import type { Screen } from './screen.ts';

export type StageEvents = {
  /** What is shown, or what can be done, is other. */
  changed: () => void;
  leave: (direction: 'forward' | 'back') => void;
  /** The reader types into a recording while there is no shell to go to. */
  typedInVain: () => void;
};

export class Stage {
  readonly #parts: Parts;
  readonly #shell: Screen;
  readonly #makeFilm: () => Film;
  #film: Film | undefined;
  #shown: Shown = 'shell';
  #state: State = { name: 'idle' };

  constructor(
    parts: Parts,
    platform: Platform,
    shell: Screen,
    preferences: Preferences,
    usual: number,
    events: StageEvents,
    signal: AbortSignal,
  ) {
    this.#parts = parts;
    this.#shell = shell;
    const film = {
      changed: events.changed,
      leave: events.leave,
      typed: () => (this.#state.name === 'live' ? this.#goTo('shell', true) : events.typedInVain()),
    };
    this.#makeFilm = () => new Film(parts, platform, preferences, usual, film, signal);
    parts.swap.addEventListener(
      'click',
      () => {
        this.#goTo(this.#shown === 'shell' ? 'recording' : 'shell', true);
        events.changed();
      },
      { signal },
    );
  }

  get shown(): Shown {
    return this.#shown;
  }

  get text(): string {
    return this.#shown === 'recording' ? (this.#film?.text ?? '') : this.#shell.text;
  }

  /** The line below. */
  get foot(): Foot | undefined {
    return footFor(this.#state, this.#shown, this.#film?.phase ?? 'empty');
  }

  /** The connection's state is now this. */
  enter(state: State): void {
    this.#state = state;
    this.#goTo(shownIn(state, this.#shown, this.#film?.phase ?? 'empty'), false);
  }

  /** Plays a recording. */
  play(command: string, url: string): void {
    this.#goTo('recording', false);
    this.#film ??= this.#makeFilm();
    void this.#film.play(command, url);
  }

  showShell(): void {
    this.#film?.end();
    this.#goTo('shell', false);
  }

  focus(): void {
    if (this.#shown === 'recording') this.#film?.focus();
    else this.#shell.focus();
  }

  set preferences(preferences: Preferences) {
    this.#shell.textSize = preferences.textSize;
    this.#shell.screenReader = preferences.screenReader;
    if (this.#film) this.#film.preferences = preferences;
  }

  #goTo(shown: Shown, focus: boolean): void {
    if (shown === this.#shown) return;
    const { screen, film, player } = this.#parts;
    const held = [screen, film, player].some((place) => place.contains(document.activeElement));
    this.#shown = shown;
    film.hidden = player.hidden = shown !== 'recording';
    // Kept as large as it is, so that the shell's size does not change while nobody looks at it.
    screen.toggleAttribute('data-covered', shown === 'recording');
    screen.inert = shown === 'recording';
    if (held || focus) this.focus();
  }
}
