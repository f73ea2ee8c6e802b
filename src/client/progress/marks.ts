/** Marks lessons in a list as done or begun, here and in other tabs. */
import { onProgress, progress } from './page.ts';
import { markText } from './words.ts';

class Marks extends HTMLElement {
  #life: AbortController | undefined;

  connectedCallback(): void {
    this.#life = new AbortController();
    onProgress(this.#life.signal, () => this.#show());
  }

  disconnectedCallback(): void {
    this.#life?.abort();
  }

  #show(): void {
    const { lessons } = progress.all;
    for (const item of this.querySelectorAll<HTMLElement>('[data-slug]')) {
      const lesson = lessons[item.dataset['slug'] ?? ''];
      item.toggleAttribute('data-done', lesson?.done !== undefined);
      const mark = item.querySelector('[data-part=mark]');
      const text = markText(lesson);
      if (mark) mark.textContent = text === '' ? '' : ` · ${text}`;
    }
  }
}

customElements.define('slipway-progress-marks', Marks);
