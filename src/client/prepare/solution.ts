/** Applies a lesson's solution to the reader's sandbox; offered while there is one. */
import { hearState } from '../evidence/page.ts';
import { askOverwrite } from './ask-overwrite.ts';
import { prepare } from './preparation.ts';
import type { Telling, Wish } from './preparation.ts';

class Solution extends HTMLElement {
  #life: AbortController | undefined;
  #busy = false;

  connectedCallback(): void {
    const { signal } = (this.#life = new AbortController());
    const apply = this.querySelector<HTMLElement>('[data-part=apply]');
    const button = apply?.querySelector('button');
    if (!apply || !button) return;
    hearState(signal, (state) => (apply.hidden = state === 'recorded' || state === 'ended'));
    apply.hidden = false;
    button.addEventListener('click', () => void this.#apply(button, signal), { signal });
  }

  disconnectedCallback(): void {
    this.#life?.abort();
  }

  async #apply(button: HTMLButtonElement, signal: AbortSignal): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    button.ariaDisabled = 'true';
    const wish = JSON.parse(this.dataset['wish'] ?? '{"files":[],"steps":[]}') as Wish;
    await prepare(wish, this.#telling(), signal);
    button.ariaDisabled = null;
    this.#busy = false;
  }

  #telling(): Telling {
    const status = this.querySelector('[role=status]');
    const bar = this.querySelector('progress');
    const dialog = this.querySelector('dialog');
    return {
      says: (text, done) => {
        if (status) status.textContent = text;
        if (!bar) return;
        bar.hidden = done === undefined;
        bar.value = done ?? 0;
      },
      mayOverwrite: (paths) => (dialog ? askOverwrite(dialog, paths) : Promise.resolve(false)),
    };
  }
}

customElements.define('slipway-solution', Solution);
