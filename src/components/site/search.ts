/** The search dialog: loads the Pagefind index on first use, lists what it finds, and can be driven by keys alone. */
import { loadIndex } from './search-index.ts';
import type { Found, SearchIndex } from './search-index.ts';

const SHOWN = 8;

class Search extends HTMLElement {
  #index: Promise<SearchIndex> | undefined;

  connectedCallback(): void {
    const dialog = this.querySelector('dialog');
    const input = this.querySelector('input');
    const list = this.querySelector('ul');
    const said = this.querySelector('.said');
    if (!dialog || !input || !list || !said) return;

    const open = () => {
      dialog.showModal();
      input.select();
      this.#index ??= loadIndex();
      this.#index.catch(() => {
        this.#index = undefined;
        said.textContent = 'The search index did not load. The course map lists every lesson.';
      });
    };
    const find = async () => {
      const words = input.value.trim();
      if (words === '' || !this.#index) {
        list.replaceChildren();
        said.textContent = '';
        return;
      }
      const found = await (await this.#index).find(words, SHOWN);
      if (!found || input.value.trim() !== words) return;
      list.replaceChildren(...found.map(entry));
      said.textContent = found.length === 0 ? `Nothing found for “${words}”.` : `${found.length} found`;
    };

    this.querySelector('.open')?.addEventListener('click', open);
    input.addEventListener('input', () => void find().catch(() => undefined));
    dialog.addEventListener('keydown', (event) => step(event, input, list));
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog) dialog.close();
    });
    document.addEventListener('keydown', (event) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      open();
    });
  }
}

/** Arrow keys walk from the words to the results and back; Enter in the words goes to the first result. */
function step(event: KeyboardEvent, input: HTMLInputElement, list: HTMLUListElement): void {
  const stops: HTMLElement[] = [input, ...list.querySelectorAll('a')];
  const at = stops.findIndex((stop) => stop === document.activeElement);
  if (event.key === 'Enter' && at === 0) {
    event.preventDefault();
    stops[1]?.click();
  }
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (by === 0 || at < 0) return;
  event.preventDefault();
  stops[(at + by + stops.length) % stops.length]?.focus();
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}

function entry(found: Found): HTMLLIElement {
  const item = document.createElement('li');
  const link = document.createElement('a');
  const title = document.createElement('strong');
  const excerpt = document.createElement('span');
  link.href = found.url;
  title.textContent = found.title;
  excerpt.append(...marked(found.excerpt));
  link.append(title, excerpt);
  item.append(link);
  return item;
}

/** The excerpt as text with its hits marked; any other markup in it is dropped. */
function marked(html: string): Node[] {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  return [...body.childNodes].map((node) => {
    const text = node.textContent ?? '';
    if (node.nodeName !== 'MARK') return document.createTextNode(text);
    const mark = document.createElement('mark');
    mark.textContent = text;
    return mark;
  });
}

customElements.define('slipway-search', Search);
