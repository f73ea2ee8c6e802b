/** Redraws the pull with the calculator's numbers, and plays it in a few seconds; those who want no motion get the still picture. */
import { FLEET } from './calculator-event.ts';
import type { Values } from './calculator-answer.ts';
import { showSeconds } from './fleet.ts';
import { haveAt, momentText, storm } from './storm.ts';
import type { Storm } from './storm.ts';

/** However long the pull takes, it plays in this. */
const PLAYED_MS = 6000;

class PullStorm extends HTMLElement {
  #life: AbortController | undefined;
  #frame = 0;

  connectedCallback(): void {
    const { signal } = (this.#life = new AbortController());
    let now = storm(JSON.parse(this.dataset['values'] ?? '{}') as Values);
    document.addEventListener(
      FLEET,
      (event) => {
        now = storm((event as CustomEvent<Values>).detail);
        this.#still(now);
      },
      { signal },
    );
    const play = this.#part('play');
    if (play) play.hidden = matchMedia('(prefers-reduced-motion: reduce)').matches;
    play?.addEventListener('click', () => this.#play(now), { signal });
  }

  disconnectedCallback(): void {
    this.#life?.abort();
    cancelAnimationFrame(this.#frame);
  }

  #still(shown: Storm): void {
    cancelAnimationFrame(this.#frame);
    for (const nodes of this.querySelectorAll('.nodes')) {
      if (nodes.childElementCount === shown.drawn) continue;
      nodes.replaceChildren(...Array.from({ length: shown.drawn }, () => node(nodes)));
    }
    this.#fill(shown.small, shown);
    this.#say(momentText(shown));
  }

  #play(shown: Storm): void {
    cancelAnimationFrame(this.#frame);
    const whole = Math.max(shown.large, shown.small);
    const began = performance.now();
    const status = this.#part('moment');
    // Many times a second, so nothing of it is read out before the end.
    status?.removeAttribute('role');
    const step = (time: number) => {
      const seconds = Math.min(1, Math.max(0, time - began) / PLAYED_MS) * whole;
      this.#fill(seconds, shown);
      this.#say(`${showSeconds(seconds)} of ${showSeconds(whole)}`);
      if (seconds < whole) {
        this.#frame = requestAnimationFrame(step);
        return;
      }
      status?.setAttribute('role', 'status');
      this.#say(
        `The last node has the small image after ${showSeconds(shown.small)}, the large one after ${showSeconds(shown.large)}.`,
      );
    };
    this.#frame = requestAnimationFrame(step);
  }

  #fill(seconds: number, { large, small }: Storm): void {
    for (const [fleet, whole] of [
      ['large', large],
      ['small', small],
    ] as const)
      this.querySelector<HTMLElement>(`[data-fleet=${fleet}]`)?.style.setProperty(
        '--have',
        String(haveAt(seconds, whole)),
      );
  }

  #say(text: string): void {
    const moment = this.#part('moment');
    if (moment) moment.textContent = text;
  }

  #part(name: string): HTMLElement | null {
    return this.querySelector(`[data-part=${name}]`);
  }
}

/** A node like those that are there, so that it looks like them. */
function node(nodes: Element): Node {
  return nodes.firstElementChild?.cloneNode() ?? document.createElement('i');
}

customElements.define('slipway-pull-storm', PullStorm);
