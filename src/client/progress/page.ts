/** The progress of whoever reads this page. Changes, of other tabs too, are told by `slipway:progress` on the document. */
import { KEY, ProgressStore } from './store.ts';
import type { Shelf } from './store.ts';

const tell = () => document.dispatchEvent(new CustomEvent('slipway:progress'));

export const progress = new ProgressStore(shelf(), today, tell);

addEventListener('storage', ({ key }) => {
  if (key === KEY || key === null) tell();
});

/** The slug of the lesson on this page; empty on a page that is none. */
export function lessonOfPage(): string {
  return document.querySelector<HTMLElement>('[data-lesson]')?.dataset['lesson'] ?? '';
}

/** Calls now and after every change, until the signal ends it. */
export function onProgress(signal: AbortSignal, show: () => void): void {
  show();
  document.addEventListener('slipway:progress', show, { signal });
}

/** The day here, YYYY-MM-DD. */
function today(): string {
  return new Intl.DateTimeFormat('sv-SE').format(new Date());
}

function shelf(): Shelf | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}
