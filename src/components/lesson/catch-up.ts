/** `<slipway-catch-up>`: brings the reader's sandbox to the lesson's start state, and asks before it overwrites what they wrote. */
import { hear, hearState } from '../../client/evidence/page.ts';
import { Panel } from '../../client/prepare/panel.ts';
import { missing, offer } from './catch-up-state.ts';

class CatchUp extends HTMLElement {
  #life: AbortController | undefined;
  #state = '';

  connectedCallback(): void {
    if (this.#life !== undefined) return;
    const { signal } = (this.#life = new AbortController());
    const go = this.querySelector<HTMLButtonElement>('[data-part=go]');
    const why = this.querySelector('[data-part=why]');
    if (!go || !why) return;
    hearState(signal, (state) => {
      this.#state = state;
      this.toggleAttribute('data-away', state === 'recorded');
    });
    hear('images', signal, ({ images }) => {
      const lacking = missing(this.#needs, images);
      const offered = offer(this.#needs, lacking);
      this.toggleAttribute('data-lacking', (lacking?.length ?? 0) > 0);
      go.textContent = offered.button;
      why.textContent = offered.why;
    });
    const panel = new Panel(this, go, 'Done: this lesson can begin.');
    go.addEventListener('click', () => void panel.run(() => this.#start(), this.#begins, signal), { signal });
  }

  disconnectedCallback(): void {
    this.#life?.abort();
    this.#life = undefined;
  }

  get #needs(): string[] {
    return (this.dataset['needs'] ?? '').split(' ').filter(Boolean);
  }

  get #begins(): string {
    return this.#state === 'live' ? 'Getting ready…' : 'Begins as soon as your sandbox is there…';
  }

  async #start() {
    const { startOf } = await import('./start-of.ts');
    return startOf(this.dataset['lesson'] ?? '');
  }
}

customElements.define('slipway-catch-up', CatchUp);
