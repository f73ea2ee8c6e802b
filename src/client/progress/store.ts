/** Keeps the reader's progress in a storage of the browser's: read afresh for every change, so that several tabs add up. */
import { merged, nothing, readProgress, untouched } from './record.ts';
import type { LessonRecord, ProgressRecord } from './record.ts';

export const KEY = 'slipway-progress';

/** What of a storage is used. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export class ProgressStore {
  readonly #shelf: Shelf | undefined;
  readonly #today: () => string;
  readonly #changed: () => void;
  /** Stands in where the shelf is shut off or full: holds for this page. */
  #here: ProgressRecord = nothing;

  /**
   * @param shelf undefined where storage is shut off
   * @param today the day, YYYY-MM-DD
   * @param changed is called after every change made here
   */
  constructor(shelf: Shelf | undefined, today: () => string, changed: () => void) {
    this.#shelf = shelf;
    this.#today = today;
    this.#changed = changed;
  }

  /** All that is kept. A text that cannot be read is set aside under a key of its own, and nothing is lost of it. */
  get all(): ProgressRecord {
    const text = this.#get();
    if (text === null) return this.#here;
    const record = readProgress(text);
    if (record) return record;
    this.#setAside(text);
    return this.#here;
  }

  of(slug: string): LessonRecord {
    return this.all.lessons[slug] ?? untouched;
  }

  open(slug: string): void {
    if (this.of(slug).opened === undefined) this.#change(slug, () => ({ opened: this.#today() }));
  }

  /**
   * Checks have been met. When all of a lesson's have been, at whatever time, it is done.
   * @param needed ids of all checks of the lesson
   */
  meet(slug: string, met: readonly string[], needed: readonly string[]): void {
    const before = this.of(slug);
    const all = [...new Set([...before.met, ...met])];
    const done = needed.length > 0 && needed.every((id) => all.includes(id));
    if (all.length === before.met.length && (!done || before.done !== undefined)) return;
    this.#change(slug, (now) => ({ met: all, ...(done && now.done === undefined ? { done: this.#today() } : {}) }));
  }

  answer(slug: string, quiz: string, answer: string): void {
    this.#change(slug, (now) => ({ answers: { ...now.answers, [quiz]: answer } }));
  }

  /** The reader says that they are done with it. */
  finish(slug: string): void {
    if (this.of(slug).done === undefined) this.#change(slug, () => ({ done: this.#today() }));
  }

  /** Adds what was exported before. @returns false when the text is no record of progress */
  add(text: string): boolean {
    const record = readProgress(text);
    if (!record) return false;
    this.#put(merged(this.all, record));
    return true;
  }

  clear(): void {
    this.#here = nothing;
    try {
      this.#shelf?.removeItem(KEY);
    } catch {
      // Storage is shut off: there was nothing in it.
    }
    this.#changed();
  }

  #change(slug: string, change: (now: LessonRecord) => Partial<LessonRecord>): void {
    if (slug === '') return;
    const record = this.all;
    const now = record.lessons[slug] ?? untouched;
    this.#put({ ...record, lessons: { ...record.lessons, [slug]: { ...now, ...change(now) } } });
  }

  #put(record: ProgressRecord): void {
    this.#here = record;
    try {
      this.#shelf?.setItem(KEY, JSON.stringify(record));
    } catch {
      // Full or shut off: it holds for this page.
    }
    this.#changed();
  }

  #get(): string | null {
    try {
      return this.#shelf?.getItem(KEY) ?? null;
    } catch {
      return null;
    }
  }

  #setAside(text: string): void {
    try {
      let key = `${KEY}-aside-${this.#today()}`;
      while (this.#shelf?.getItem(key) != null && this.#shelf.getItem(key) !== text) key += '-';
      this.#shelf?.setItem(key, text);
      this.#shelf?.removeItem(KEY);
    } catch {
      // It could not be moved, so it stays where it is.
    }
  }
}
