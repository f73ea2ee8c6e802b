/** Applies a lesson's solution to the reader's sandbox; offered while there is one. */
import { hearState } from '../evidence/page.ts';
import { Panel } from './panel.ts';
import type { Wish } from './preparation.ts';

class Solution extends HTMLElement {
  #life: AbortController | undefined;

  connectedCallback(): void {
    const { signal } = (this.#life = new AbortController());
    const apply = this.querySelector<HTMLElement>('[data-part=apply]');
    const button = apply?.querySelector('button');
    if (!apply || !button) return;
    hearState(signal, (state) => (apply.hidden = state === 'recorded' || state === 'ended'));
    apply.hidden = false;
    const wish = JSON.parse(this.dataset['wish'] ?? '{"files":[],"steps":[]}') as Wish;
    const panel = new Panel(this, button, 'Done.');
    const begin = () => void panel.run(() => Promise.resolve(wish), 'Asking the sandbox…', signal);
    button.addEventListener('click', begin, { signal });
  }

  disconnectedCallback(): void {
    this.#life?.abort();
  }
}

customElements.define('slipway-solution', Solution);
