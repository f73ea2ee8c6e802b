/** The calculator's behaviour: answers as the reader types, fills in an example, or takes the reader's own two sizes. */
import { answer, fields } from './calculator-answer.ts';
import type { Values } from './calculator-answer.ts';
import { FLEET } from './calculator-event.ts';
import { keptSizes, OWN_SIZES } from './own-sizes.ts';

class Calculator extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector('form');
    if (!form) return;
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('input', () => {
      this.#press(undefined);
      this.#answer(form);
    });
    const presets = this.querySelectorAll<HTMLButtonElement>('[data-values]');
    for (const preset of presets) {
      preset.addEventListener('click', () => {
        this.#fill(form, JSON.parse(preset.dataset['values'] ?? '{}') as Partial<Values>);
        this.#press(preset);
      });
    }
    this.#press(presets[0]);
    this.#offerOwn(form);
  }

  #offerOwn(form: HTMLFormElement): void {
    const own = this.querySelector<HTMLButtonElement>('.own');
    if (!own) return;
    const offer = () => (own.hidden = keptSizes() === undefined);
    offer();
    document.addEventListener(OWN_SIZES, offer);
    own.addEventListener('click', () => {
      const sizes = keptSizes();
      if (!sizes) return;
      this.#fill(form, { largeMB: sizes.singleMB, smallMB: sizes.multiMB });
      this.#press(own);
    });
  }

  #fill(form: HTMLFormElement, values: Partial<Values>): void {
    for (const { name } of fields) {
      const input = form.elements.namedItem(name);
      const value = values[name];
      if (value !== undefined && input instanceof HTMLInputElement) input.value = String(value);
    }
    this.#answer(form);
  }

  #press(pressed: HTMLButtonElement | undefined): void {
    for (const button of this.querySelectorAll('.presets button'))
      button.setAttribute('aria-pressed', String(button === pressed));
  }

  #answer(form: HTMLFormElement): void {
    const said = this.querySelector('.said');
    const wrong = form.querySelector<HTMLInputElement>('input:invalid');
    if (wrong) {
      const label = fields.find(({ name }) => name === wrong.name)?.label ?? wrong.name;
      if (said) said.textContent = `${label}: expected a number from ${wrong.min} to ${wrong.max}.`;
      return;
    }
    const values = readValues(form);
    const { rows, sentence } = answer(values);
    for (const { key, large, small, share } of rows) {
      const [a, b] = this.querySelectorAll(`[data-row=${key}] b`);
      if (a) a.textContent = large;
      if (b) b.textContent = small;
      this.querySelector<HTMLElement>(`[data-row=${key}] .small i`)?.style.setProperty('--share', String(share));
    }
    if (said) said.textContent = sentence;
    document.dispatchEvent(new CustomEvent(FLEET, { detail: values }));
  }
}

function readValues(form: HTMLFormElement): Values {
  const data = new FormData(form);
  const read = (name: keyof Values) => Number(data.get(name));
  return {
    nodes: read('nodes'),
    replicas: read('replicas'),
    largeMB: read('largeMB'),
    smallMB: read('smallMB'),
    nodeMbps: read('nodeMbps'),
    registryMbps: read('registryMbps'),
  };
}

customElements.define('slipway-calculator', Calculator);
