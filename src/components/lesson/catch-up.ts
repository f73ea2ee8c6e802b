/** `<slipway-catch-up>`: brings the reader's sandbox to the lesson's start state, and asks before it overwrites what they wrote. */
import type { Ask, Evidence } from '../../client/connection/evidence.ts';
import { nextAsk } from '../../client/evidence/page.ts';
import { missing, offer, progressOf } from './catch-up-state.ts';
import type { Prepared } from './catch-up-state.ts';

class CatchUp extends HTMLElement {
  #life: AbortController | undefined;
  #ask: number | undefined;
  #state = '';

  connectedCallback(): void {
    if (this.#life !== undefined) return;
    this.#life = new AbortController();
    const { signal } = this.#life;
    const listen = (name: string, hear: (event: Event) => void) => document.addEventListener(name, hear, { signal });
    listen('slipway:state', (event) => {
      this.#state = (event as CustomEvent<{ state: string }>).detail.state;
      this.toggleAttribute('data-away', this.#state === 'recorded');
    });
    listen('slipway:evidence', (event) => this.#hear((event as CustomEvent<Evidence>).detail));
    this.#part('go').addEventListener('click', () => void this.#begin(false), { signal });
    this.#part('overwrite').addEventListener('click', () => void this.#begin(true), { signal });
  }

  disconnectedCallback(): void {
    this.#life?.abort();
    this.#life = undefined;
  }

  get #needs(): string[] {
    return (this.dataset['needs'] ?? '').split(' ').filter(Boolean);
  }

  #hear(evidence: Evidence): void {
    if (evidence.type === 'images') this.#offer(evidence.images);
    if (evidence.type === 'prepared' && evidence.ask === this.#ask) this.#prepared(evidence);
  }

  #offer(images: readonly { tags: readonly string[] }[]): void {
    const lacking = missing(this.#needs, images);
    const { button, why } = offer(this.#needs, lacking);
    this.toggleAttribute('data-lacking', (lacking?.length ?? 0) > 0);
    this.#part('go').textContent = button;
    this.#part('why').textContent = why;
  }

  async #begin(overwrite: boolean): Promise<void> {
    if (this.#ask !== undefined) return;
    const ask = (this.#ask = nextAsk());
    this.#part('go').ariaDisabled = 'true';
    this.#say(this.#state === 'live' ? 'Getting ready…' : 'Begins as soon as your sandbox is there…', '', undefined);
    try {
      const { startOf } = await import('./start-of.ts');
      const start = await startOf(this.dataset['lesson'] ?? '');
      const message: Ask = { type: 'prepare', ask, ...start, overwrite };
      document.dispatchEvent(new CustomEvent('slipway:ask', { detail: message }));
    } catch {
      this.#prepared({ type: 'prepared', ask, state: 'failed', says: 'This site does not answer. Try again.' });
    }
  }

  #prepared(told: Prepared): void {
    if (told.state !== 'working') {
      this.#ask = undefined;
      this.#part('go').ariaDisabled = null;
    }
    if (told.state === 'edited') {
      this.#confirm(told.paths ?? []);
      return;
    }
    const { says, line, share } = progressOf(told);
    this.#say(says, line, told.state === 'working' ? share : undefined);
    this.toggleAttribute('data-working', told.state === 'working');
  }

  #confirm(paths: readonly string[]): void {
    this.#say('', '', undefined);
    this.removeAttribute('data-working');
    this.#part('paths').replaceChildren(
      ...paths.map((path) => {
        const item = document.createElement('li');
        item.textContent = path;
        return item;
      }),
    );
    (this.#part('confirm') as HTMLDialogElement).showModal();
  }

  /** Only a step's number is read out, not every line it prints. */
  #say(says: string, line: string, share: number | undefined): void {
    const status = this.#part('says');
    if (status.textContent !== says) status.textContent = says;
    this.#part('line').textContent = line;
    const bar = this.#part('bar') as HTMLProgressElement;
    bar.hidden = share === undefined;
    bar.value = share ?? 0;
  }

  #part(name: string): HTMLElement {
    const found = this.querySelector<HTMLElement>(`[data-part="${name}"]`);
    if (found === null) throw new Error(`slipway-catch-up has no part "${name}"`);
    return found;
  }
}

customElements.define('slipway-catch-up', CatchUp);
