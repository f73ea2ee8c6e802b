/** Moves the bars of a size chart to the reader's own images as they come and go. */
import type { ImageSummary } from '../../../sandbox/protocol/evidence.ts';
import { sizeText } from '../../course/quantities.ts';
import { comparison } from './comparison.ts';
import { placeOf } from './log-scale.ts';
import { hear } from './page.ts';

interface Row {
  readonly element: HTMLElement;
  readonly name: string;
  /** Undefined when it was not measured. */
  readonly measured: number | undefined;
}

class SizeChart extends HTMLElement {
  #life: AbortController | undefined;

  connectedCallback(): void {
    this.#life = new AbortController();
    const rows = [...this.querySelectorAll<HTMLElement>('[data-image]')].map((element): Row => {
      const { image = '', bytes } = element.dataset;
      return { element, name: image, measured: bytes === undefined ? undefined : Number(bytes) };
    });
    hear('images', this.#life.signal, ({ images }) => this.#show(rows, images));
  }

  disconnectedCallback(): void {
    this.#life?.abort();
  }

  #show(rows: readonly Row[], images: readonly ImageSummary[]): void {
    let own = false;
    const sizes = rows.map(({ element, name, measured }) => {
      const yours = images.find(({ tags }) => tags.includes(name))?.bytes;
      own ||= yours !== undefined;
      show(element, yours ?? measured, yours === undefined ? 'measured' : 'yours');
      return { name, bytes: yours ?? measured ?? 0 };
    });
    const live = this.querySelector<HTMLElement>('[data-part=live]');
    if (live) live.hidden = !own;
    const measured = this.querySelector<HTMLElement>('[data-part=measured]');
    if (measured) measured.hidden = rows.every(({ element }) => element.dataset['from'] !== 'measured');
    const sentence = this.querySelector('[data-part=sentence]');
    const text = comparison(sizes);
    // Set only when it changes: a screen reader says it again otherwise.
    if (sentence && sentence.textContent !== text) sentence.textContent = text;
  }
}

function show(row: HTMLElement, bytes: number | undefined, from: 'measured' | 'yours'): void {
  row.dataset['from'] = bytes === undefined ? 'none' : from;
  const size = row.querySelector('[data-part=size]');
  const whose = row.querySelector('[data-part=whose]');
  if (size) size.textContent = bytes === undefined ? 'not measured yet' : sizeText(bytes);
  if (whose) whose.textContent = bytes === undefined ? '' : from;
  row
    .querySelector<HTMLElement>('.track i')
    ?.style.setProperty('--place', String(bytes === undefined ? 0 : placeOf(bytes)));
}

customElements.define('slipway-size-chart', SizeChart);
