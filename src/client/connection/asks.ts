/** Keeps what the page asks until there is somebody to ask: the newest `watch` for every attach, each question until it is answered. */
import { unanswered } from './evidence.ts';
import type { Ask, Evidence, Question } from './evidence.ts';

/** Questions that wait or are open at the same time. */
const MOST = 64;
const TOO_MANY = 'Too much was asked at once.';
const BROKEN_OFF = 'The connection was lost meanwhile. What was done is kept; ask again to go on.';

export class Asks {
  readonly #answer: (evidence: Evidence) => void;
  #watch: Extract<Ask, { type: 'watch' }> | undefined;
  #open: Question[] = [];
  #send: ((ask: Ask) => void) | undefined;

  /** @param answer is told what the sandbox says, and why a question will have no answer */
  constructor(answer: (evidence: Evidence) => void) {
    this.#answer = answer;
  }

  /** Asks now or, while there is nobody, as soon as there is. */
  add(ask: Ask): void {
    if (ask.type === 'watch') this.#watch = ask;
    else if (this.#open.length >= MOST) {
      this.#answer(unanswered(ask, TOO_MANY));
      return;
    } else this.#open.push(ask);
    this.#send?.(ask);
  }

  /** Asks the newest `watch` again: what is judged may have changed without an event of its own. */
  watchAgain(): void {
    if (this.#watch) this.#send?.(this.#watch);
  }

  /** There is a sandbox to ask. */
  live(send: (ask: Ask) => void): void {
    this.#send = send;
    if (this.#watch) send(this.#watch);
    for (const question of this.#open) send(question);
  }

  /** The sandbox says something. */
  heard(evidence: Evidence): void {
    if (evidence.type === 'layers' || (evidence.type === 'prepared' && evidence.state !== 'working'))
      this.#open = this.#open.filter(
        ({ type, ask }) => ask !== evidence.ask || (type === 'layers') !== (evidence.type === 'layers'),
      );
    this.#answer(evidence);
    // What was written has no event of its own.
    if (evidence.type === 'prepared' && evidence.state !== 'working') this.watchAgain();
  }

  /** Nobody can be asked for a while. Looking is asked again; a `prepare` that was under way is not begun a second time unasked. */
  away(): void {
    if (this.#send === undefined) return;
    this.#send = undefined;
    const broken = this.#open.filter(({ type }) => type === 'prepare');
    this.#open = this.#open.filter(({ type }) => type !== 'prepare');
    for (const question of broken) this.#answer(unanswered(question, BROKEN_OFF));
  }

  /** There will be nobody to ask. @param why for the reader */
  end(why: string): void {
    this.#send = undefined;
    for (const question of this.#open.splice(0)) this.#answer(unanswered(question, why));
  }
}
