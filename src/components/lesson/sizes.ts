/** Redraws the size comparison with the reader's own two numbers, and keeps them for the calculator. */
import { drawSizes } from './sizes-drawing.ts';
import { keepSizes, keptSizes, OWN_SIZES } from './own-sizes.ts';

class Sizes extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector('form');
    if (!form) return;
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('input', () => this.#redraw(form));
    this.#recall(form);
  }

  #recall(form: HTMLFormElement): void {
    const kept = keptSizes();
    const [single, multi] = form.querySelectorAll('input');
    if (!kept || !single || !multi) return;
    single.valueAsNumber = kept.singleMB;
    multi.valueAsNumber = kept.multiMB;
    this.#redraw(form);
  }

  #redraw(form: HTMLFormElement): void {
    const fields = [...form.querySelectorAll('input')];
    const [single, multi] = fields.map((field) => (field.validity.valid ? field.valueAsNumber : NaN));
    for (const field of fields) field.toggleAttribute('aria-invalid', field.value !== '' && !field.validity.valid);
    if (single === undefined || multi === undefined || !(single > 0) || !(multi > 0)) return;
    const drawing = drawSizes(single, multi);
    this.#text('[data-size=single]', `${single} MB`);
    this.#text('[data-size=multi]', `${multi} MB`);
    this.#text('[data-times]', drawing.times);
    this.#text('[data-source]', 'The sizes are yours.');
    this.#text('.said', drawing.times);
    for (const [name, box] of Object.entries(drawing.viewBoxes))
      this.querySelector(`[data-yard=${name}]`)?.setAttribute('viewBox', box);
    this.querySelector('[data-yard=single] .rest')?.setAttribute('d', drawing.rest);
    this.querySelector('[data-yard=single] .own')?.setAttribute('d', drawing.ownInSingle);
    this.querySelector('[data-yard=multi] .own')?.setAttribute('d', drawing.own);
    const own = { singleMB: single, multiMB: multi };
    keepSizes(own);
    document.dispatchEvent(new CustomEvent(OWN_SIZES, { detail: own }));
  }

  #text(selector: string, text: string): void {
    const element = this.querySelector(selector);
    if (element) element.textContent = text;
  }
}

customElements.define('slipway-sizes', Sizes);
