/** Shows the layers of the reader's own image: asked for when the block is looked at and the image is there or has changed. */
import type { Layer } from '../../../sandbox/protocol/evidence.ts';
import { sizeText } from '../../course/quantities.ts';
import { emptyText, filesText, instructionText, largestOf, shareOf, split, sumText } from './layer-text.ts';
import { ask, hear, nextAsk } from './page.ts';

class Layers extends HTMLElement {
  #life: AbortController | undefined;
  #seen = false;
  /** The image the engine has now, and the one whose layers were asked for last. */
  #has: string | undefined;
  #asked: { id: string; ask: number } | undefined;

  connectedCallback(): void {
    const { signal } = (this.#life = new AbortController());
    const sight = new IntersectionObserver(
      (entries) => {
        this.#seen = entries.at(-1)?.isIntersecting === true;
        this.#ask();
      },
      { rootMargin: '200px' },
    );
    sight.observe(this);
    signal.addEventListener('abort', () => sight.disconnect());
    this.addEventListener('toggle', () => this.#ask(), { capture: true, signal });
    hear('images', signal, ({ images }) => {
      this.#has = images.find(({ tags }) => tags.includes(this.dataset['image'] ?? ''))?.id;
      this.#ask();
    });
    hear('layers', signal, ({ ask: number, layers, why }) => {
      if (number !== this.#asked?.ask) return;
      if (layers) this.#show(layers);
      else this.#say(`Your own layers could not be read. ${why ?? ''}`.trim());
    });
  }

  disconnectedCallback(): void {
    this.#life?.abort();
  }

  #ask(): void {
    const { image } = this.dataset;
    if (!this.#seen || this.#has === undefined || image === undefined || this.#asked?.id === this.#has) return;
    this.#asked = { id: this.#has, ask: nextAsk() };
    ask({ type: 'layers', ask: this.#asked.ask, image });
  }

  #show(layers: readonly Layer[]): void {
    this.dataset['from'] = 'yours';
    const { heavy, empty } = split(layers);
    const list = this.querySelector('[data-part=layers]');
    // What the reader has opened stays open, by its place.
    const open = [...(list?.querySelectorAll('details') ?? [])].map((details) => details.open);
    list?.replaceChildren(...heavy.map((layer, index) => this.#row(layer, layers, open[index] === true)));
    this.querySelector('[data-part=empty]')?.replaceChildren(...empty.map((layer) => line(instructionText(layer))));
    const emptied = this.querySelector('[data-part=emptied]');
    if (emptied) emptied.textContent = emptyText(empty);
    emptied?.parentElement?.toggleAttribute('hidden', empty.length === 0);
    const measured = this.querySelector<HTMLElement>('[data-part=measured]');
    const live = this.querySelector<HTMLElement>('[data-part=live]');
    if (measured) measured.hidden = true;
    if (live) live.hidden = false;
    this.#say(sumText(layers));
  }

  #say(text: string): void {
    const sentence = this.querySelector('[data-part=sentence]');
    if (sentence && sentence.textContent !== text) sentence.textContent = text;
  }

  #row(layer: Layer, layers: readonly Layer[], open: boolean): Node {
    const row = this.querySelector('template')?.content.cloneNode(true) as DocumentFragment;
    const texts = {
      instruction: instructionText(layer),
      size: sizeText(layer.bytes),
      files: `${filesText(layer)}. The largest:`,
    };
    for (const [part, text] of Object.entries(texts)) {
      const element = row.querySelector(`[data-part=${part}]`);
      if (element) element.textContent = text;
    }
    row.querySelector<HTMLElement>('[data-part=bar]')?.style.setProperty('--share', String(shareOf(layer, layers)));
    const largest = largestOf(layer).map(({ path, bytes, folder }) =>
      line(folder ? `${path}/` : path, sizeText(bytes)),
    );
    row.querySelector('[data-part=largest]')?.replaceChildren(...largest);
    const details = row.querySelector('details');
    if (details) details.open = open;
    return row;
  }
}

function line(code: string, text?: string): HTMLLIElement {
  const item = document.createElement('li');
  const name = document.createElement('code');
  name.textContent = code;
  item.append(name);
  if (text !== undefined) {
    const size = document.createElement('span');
    size.textContent = text;
    item.append(size);
  }
  return item;
}

customElements.define('slipway-layers', Layers);
