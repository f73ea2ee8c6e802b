/** Puts words into the terminal's markup. What did not change is left alone, so that nothing is read out twice. */
import type { EngineState } from '../../../sandbox/protocol/messages.ts';
import type { Alert } from './alert.ts';
import type { Foot } from './foot.ts';
import type { Parts } from './parts.ts';
import { engineWords } from './words.ts';
import type { Action, Panel, Words } from './words.ts';

export class View {
  readonly #parts: Parts;
  readonly #act: (action: Action) => void;
  #panel = 'null';

  /** @param act what the panel's button does */
  constructor(parts: Parts, act: (action: Action) => void) {
    this.#parts = parts;
    this.#act = act;
  }

  /**
   * @param notice stands before the words' own notice
   * @param covered whether something is shown that no panel may lie over
   */
  show(words: Words, notice: string, covered: boolean): void {
    const { status, after, now } = this.#parts;
    setText(status, words.status);
    setText(after, words.after);
    now.hidden = !words.now;
    setText(this.#parts.notice, [notice, words.notice].filter(Boolean).join('\n'));
    this.#parts.afresh.hidden = !words.hasSandbox;
    this.#showPanel(covered ? undefined : words.panel);
  }

  showEngine(state: EngineState | undefined): void {
    this.#parts.engine.dataset['engine'] = state ?? 'unknown';
    const { text, more = '' } = engineWords(state);
    if (this.#parts.engine.textContent === text + more) return;
    const rest = document.createElement('span');
    rest.className = 'more';
    rest.textContent = more;
    this.#parts.engine.replaceChildren(text, rest);
  }

  /** @param elsewhere takes the focus when what holds it goes */
  showAlert(alert: Alert | undefined, now: number, elsewhere: () => void): void {
    const { alert: place, alertText, alertLeft, answer } = this.#parts;
    const held = place.contains(document.activeElement);
    place.hidden = alert === undefined;
    setText(alertText, alert?.text ?? '');
    setText(alertLeft, alert?.at === undefined ? '' : `${Math.max(0, Math.ceil((alert.at - now) / 1_000))} s`);
    answer.hidden = alert?.button === undefined;
    setText(answer, alert?.button?.label ?? '');
    if (held && (place.hidden || answer.hidden)) elsewhere();
  }

  showFoot(foot: Foot | undefined): void {
    const { foot: place, footText, again, swap } = this.#parts;
    const held = place.contains(document.activeElement);
    setText(footText, foot?.text ?? '');
    again.hidden = foot?.again !== true;
    swap.hidden = foot?.swap === undefined;
    setText(swap, foot?.swap ?? '');
    place.hidden = foot === undefined;
    if (held && !place.contains(document.activeElement)) this.#parts.end.focus();
  }

  #showPanel(panel: Panel | undefined): void {
    const key = JSON.stringify(panel ?? null);
    if (key === this.#panel) return;
    this.#panel = key;
    const place = this.#parts.panel;
    const held = place.contains(document.activeElement);
    const quiet = panel?.quiet === true;
    place.ariaLive = quiet ? 'off' : 'polite';
    place.toggleAttribute('data-quiet', quiet);
    place.replaceChildren(...(panel ? this.#panelParts(panel) : []));
    if (held) place.querySelector('button')?.focus();
  }

  #panelParts(panel: Panel): HTMLElement[] {
    const parts = [line(panel.title, 'title'), ...panel.lines.map((text) => line(text, 'line'))];
    const { button } = panel;
    if (button) {
      const made = document.createElement('button');
      made.type = 'button';
      made.className = 'primary';
      made.textContent = button.label;
      made.addEventListener('click', () => this.#act(button.action));
      parts.push(made);
    }
    return parts;
  }
}

function line(text: string, kind: string): HTMLElement {
  const made = document.createElement('p');
  made.className = kind;
  made.textContent = text;
  return made;
}

function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
