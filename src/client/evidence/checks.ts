/** Has the page's checks judged, ticks them as they are met, and lets a lesson be marked as read where nothing can tick. */
import type { Check, CheckResult } from '../../../sandbox/protocol/checks.ts';
import { lessonOfPage, onProgress, progress } from '../progress/page.ts';
import { countText, partsOf, saidOf } from './check-text.ts';
import { ask, hear, hearState } from './page.ts';

class Checks extends HTMLElement {
  #life: AbortController | undefined;

  connectedCallback(): void {
    const { signal } = (this.#life = new AbortController());
    const checks = JSON.parse(this.dataset['checks'] ?? '[]') as Check[];
    const lesson = lessonOfPage();
    progress.open(lesson);
    this.#show(checks, []);
    hear('checks', signal, ({ results }) => {
      this.#show(checks, results);
      const met = results.filter(({ verdict }) => verdict === 'met').map(({ id }) => id);
      const needed = checks.map(({ id }) => id);
      progress.meet(
        lesson,
        met.filter((id) => needed.includes(id)),
        needed,
      );
    });
    hearState(signal, (state) => {
      this.toggleAttribute('data-away', state === 'recorded' || state === 'ended');
      this.#showEnd(checks, lesson);
    });
    onProgress(signal, () => this.#showEnd(checks, lesson));
    this.#part('read')?.addEventListener('click', () => progress.finish(lesson), { signal });
    // Who goes on to the next lesson has read this one.
    document.querySelector('.pager .after')?.addEventListener('click', () => this.#goOn(lesson), { signal });
    // Without checks too: whoever watches is told of images and builds.
    ask({ type: 'watch', checks });
  }

  disconnectedCallback(): void {
    this.#life?.abort();
  }

  #show(checks: readonly Check[], results: readonly CheckResult[]): void {
    for (const check of checks) {
      const row = this.querySelector<HTMLElement>(`[data-check="${check.id}"]`);
      const { verdict, state, more } = saidOf(
        check,
        results.find(({ id }) => id === check.id),
      );
      const [first, second] = row?.querySelectorAll('.state > *') ?? [];
      if (!row || !first || !second) continue;
      row.dataset['verdict'] = verdict;
      first.textContent = state;
      if (second.textContent !== plainOf(more)) second.replaceChildren(...drawn(more));
    }
    const status = this.#part('status');
    const text = results.length === 0 ? '' : countText(results);
    if (status && status.textContent !== text) status.textContent = text;
  }

  /** Where checks can tick they say when the lesson is done; where nothing can, the reader does. */
  #showEnd(checks: readonly Check[], lesson: string): void {
    const done = progress.of(lesson).done !== undefined;
    const [end, doneText, read] = [this.#part('end'), this.#part('done'), this.#part('read')];
    if (!end || !doneText || !read) return;
    doneText.hidden = !done;
    read.hidden = done || (checks.length > 0 && !this.hasAttribute('data-away'));
    end.hidden = doneText.hidden && read.hidden;
  }

  /** Only where the reader may say so themselves: a lesson with checks that can tick is done when they do. */
  #goOn(lesson: string): void {
    if (this.#part('read')?.hidden === false) progress.finish(lesson);
  }

  #part(name: string): HTMLElement | null {
    return this.querySelector(`[data-part=${name}]`);
  }
}

function plainOf(text: string): string {
  return partsOf(text)
    .map((part) => part.text)
    .join('');
}

/** A text with its code set as code. */
function drawn(text: string): Node[] {
  return partsOf(text).map((part) => {
    if (!part.code) return document.createTextNode(part.text);
    const code = document.createElement('code');
    code.textContent = part.text;
    return code;
  });
}

customElements.define('slipway-checks', Checks);
