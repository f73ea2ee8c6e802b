/** `<slipway-terminal>`: waits until its terminal is looked at or asked for, and loads it then. */
import type { Ask, Evidence } from '../connection/evidence.ts';
import { browserPlatform } from '../connection/platform.ts';
import { findParts } from './parts.ts';
import type { Room } from './room.ts';

/** Lower than this it is folded away, as in a closed sheet. */
const FOLDED_PX = 48;
/** How near the viewport is near enough. */
const NEAR = '200px';

export class SlipwayTerminal extends HTMLElement {
  #life: AbortController | undefined;
  #room: Promise<Room> | undefined;
  #opened: Room | undefined;
  /** Asked before the terminal was loaded: the newest `watch`, and questions. */
  #asked: Ask[] = [];

  connectedCallback(): void {
    if (this.#life !== undefined) return;
    const life = (this.#life = new AbortController());
    const { signal } = life;
    const open = () => void this.#open();
    this.dataset['ready'] = '';
    this.addEventListener('focusin', open, { signal });
    this.addEventListener('click', open, { signal });
    document.addEventListener('slipway:run', (event) => void this.#run(event), { signal });
    document.addEventListener('slipway:ask', (event) => this.#ask((event as CustomEvent<Ask>).detail), { signal });
    this.#openWhenSeen(open, signal);
  }

  disconnectedCallback(): void {
    // Moved within the page, it is connected again before this runs.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#life?.abort();
      this.#life = this.#room = this.#opened = undefined;
    });
  }

  /** All that the terminal shows and has scrolled off, as text. */
  get text(): string {
    return this.#opened?.text ?? '';
  }

  #openWhenSeen(open: () => void, signal: AbortSignal): void {
    let near = false;
    const decide = () => {
      if (near && this.offsetHeight >= FOLDED_PX) open();
    };
    const sight = new IntersectionObserver(
      (entries) => {
        near = entries.at(-1)?.isIntersecting === true;
        decide();
      },
      { rootMargin: NEAR },
    );
    const size = new ResizeObserver(decide);
    sight.observe(this);
    size.observe(this);
    const stop = () => {
      sight.disconnect();
      size.disconnect();
    };
    signal.addEventListener('abort', stop);
  }

  async #run(event: Event): Promise<void> {
    const { detail } = event as CustomEvent<{ command?: unknown; cast?: unknown } | null>;
    if (typeof detail?.command !== 'string') return;
    const { command, cast } = detail;
    (await this.#open())?.run({ command, cast: typeof cast === 'string' ? cast : undefined });
  }

  /** To look waits until the terminal is opened; to prepare is a reader's wish and opens it. */
  #ask(ask: Ask): void {
    if (this.#opened) {
      this.#opened.ask(ask);
      return;
    }
    if (ask.type === 'watch') this.#asked = this.#asked.filter(({ type }) => type !== 'watch');
    this.#asked.push(ask);
    if (ask.type === 'prepare') void this.#open();
  }

  async #open(): Promise<Room | undefined> {
    const signal = this.#life?.signal;
    if (signal === undefined) return undefined;
    this.#room ??= this.#load(signal);
    try {
      const room = (this.#opened = await this.#room);
      for (const ask of this.#asked.splice(0)) room.ask(ask);
      return room;
    } catch {
      if (!signal.aborted) sayNotLoaded(this);
      return undefined;
    }
  }

  async #load(signal: AbortSignal): Promise<Room> {
    const parts = findParts(this);
    const [{ openRoom }] = await Promise.all([import('./room.ts'), fontOf(parts.screen)]);
    signal.throwIfAborted();
    return openRoom(
      parts,
      browserPlatform(window),
      {
        state: (...told) => this.#tell(...told),
        evidence: (evidence) => tellSoon(evidence),
        commandEnded: (exit) => announce('slipway:command-ended', { exit }),
      },
      signal,
    );
  }

  #tell(state: string, text: string, standIn: boolean | undefined): void {
    this.dataset['state'] = state;
    announce('slipway:state', { state, text, standIn });
  }
}

function announce(name: string, detail: unknown): void {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}

/** In a task of its own, in order: what the page draws of it holds up no byte of the shell's. */
function tellSoon(evidence: Evidence): void {
  setTimeout(() => announce('slipway:evidence', evidence));
}

/** The program did not arrive, and a browser does not ask for the same module twice. */
function sayNotLoaded(host: HTMLElement): void {
  const { status, panel } = findParts(host);
  status.textContent = 'Not connected';
  const line = document.createElement('p');
  line.className = 'title';
  line.textContent = 'The terminal could not be loaded.';
  const reload = document.createElement('button');
  reload.type = 'button';
  reload.className = 'primary';
  reload.textContent = 'Reload the page';
  reload.addEventListener('click', () => location.reload());
  panel.replaceChildren(line, reload);
}

/** Widths are measured once, so the font has to be there; a font that takes longer than a moment is done without. */
async function fontOf(place: HTMLElement): Promise<void> {
  const { fontFamily } = getComputedStyle(place);
  const patience = new Promise((resolve) => setTimeout(resolve, 500));
  await Promise.race([document.fonts.load(`14px ${fontFamily}`).catch(() => undefined), patience]);
}

if (customElements.get('slipway-terminal') === undefined) customElements.define('slipway-terminal', SlipwayTerminal);
