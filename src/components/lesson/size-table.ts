/** Fills the reader's row of the table from their own two images, as the engine told last. */
import { sizeText, timesText } from '../../course/quantities.ts';
import { keptSizes, OWN_SIZES } from './own-sizes.ts';
import type { OwnSizes } from './own-sizes.ts';

class SizeTable extends HTMLElement {
  connectedCallback(): void {
    document.addEventListener(OWN_SIZES, (event) => this.#fill((event as CustomEvent<OwnSizes>).detail));
    const kept = keptSizes();
    if (kept) this.#fill(kept);
  }

  #fill(sizes: OwnSizes): void {
    const texts = {
      single: sizeText(sizes.singleMB * 1e6),
      multi: sizeText(sizes.multiMB * 1e6),
      times: timesText(sizes.singleMB / sizes.multiMB),
    };
    for (const [name, text] of Object.entries(texts)) {
      const cell = this.querySelector(`[data-own=${name}]`);
      if (cell) cell.textContent = text;
    }
  }
}

customElements.define('slipway-size-table', SizeTable);
