/** Answers a quiz at once, and keeps what was answered. */
import { lessonOfPage, progress } from './page.ts';

class Quiz extends HTMLElement {
  connectedCallback(): void {
    const name = this.dataset['name'] ?? '';
    const inputs = [...this.querySelectorAll('input')];
    const kept = progress.of(lessonOfPage()).answers[name];
    const before = inputs.find(({ value }) => value === kept);
    if (before) {
      before.checked = true;
      this.#answer(before, false);
    }
    this.addEventListener('change', (event) => {
      const { target } = event;
      if (!(target instanceof HTMLInputElement)) return;
      this.#answer(target, true);
      progress.answer(lessonOfPage(), name, target.value);
    });
  }

  #answer(chosen: HTMLInputElement, aloud: boolean): void {
    for (const answer of this.querySelectorAll<HTMLElement>('.answer')) {
      const says = answer.querySelector<HTMLElement>('.says');
      if (!says) continue;
      says.hidden = !answer.contains(chosen);
      const status = this.querySelector('[role=status]');
      if (!says.hidden && aloud && status) status.textContent = says.textContent;
    }
  }
}

customElements.define('slipway-quiz', Quiz);
