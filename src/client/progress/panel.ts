/** Counts what is done; exports, adds and clears it. */
import { onProgress, progress } from './page.ts';
import { countText, type Counted } from './words.ts';

/** A larger file is no export. */
const EXPORT_MOST = 1_000_000;

class ProgressPanel extends HTMLElement {
  #life: AbortController | undefined;

  connectedCallback(): void {
    const { signal } = (this.#life = new AbortController());
    const course = JSON.parse(this.dataset['course'] ?? '[]') as Counted[];
    this.hidden = false;
    onProgress(signal, () => this.#text('count', countText(course, progress.all)));
    const dialog = this.querySelector('dialog');
    this.querySelector('[data-part=export]')?.addEventListener('click', download, { signal });
    this.querySelector('[data-part=clear]')?.addEventListener('click', () => dialog?.showModal(), { signal });
    dialog?.addEventListener(
      'close',
      () => {
        if (dialog.returnValue !== 'clear') return;
        progress.clear();
        this.#text('said', 'Cleared.');
      },
      { signal },
    );
    const input = this.querySelector<HTMLInputElement>('[data-part=file]');
    input?.addEventListener('change', () => void this.#add(input), { signal });
  }

  disconnectedCallback(): void {
    this.#life?.abort();
  }

  async #add(input: HTMLInputElement): Promise<void> {
    const [file] = input.files ?? [];
    if (!file) return;
    const good = file.size <= EXPORT_MOST && progress.add(await file.text());
    this.#text(
      'said',
      good ? 'Added to what was here.' : `${file.name} is no export of progress. Nothing was changed.`,
    );
    input.value = '';
  }

  #text(part: string, text: string): void {
    const element = this.querySelector(`[data-part=${part}]`);
    if (element && element.textContent !== text) element.textContent = text;
  }
}

function download(): void {
  const address = URL.createObjectURL(new Blob([JSON.stringify(progress.all, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = 'slipway-progress.json';
  link.click();
  URL.revokeObjectURL(address);
}

customElements.define('slipway-progress', ProgressPanel);
