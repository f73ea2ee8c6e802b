/** Moves the edge between text and terminal, and opens the terminal's sheet on small screens. */
import { clampShare, shareAfterKey, shareAt } from './split.ts';

const KEY = 'slipway-dock';
const sheet = matchMedia('(width < 64rem)');

class Dock extends HTMLElement {
  connectedCallback(): void {
    const edge = this.querySelector<HTMLElement>('.edge');
    const grip = this.querySelector<HTMLButtonElement>('.grip');
    const inside = this.querySelector<HTMLElement>('.inside');
    const frame = this.parentElement;
    if (!edge || !grip || !inside || !frame) return;
    this.#movable(edge, frame);
    this.#openable(grip, inside);
  }

  #movable(edge: HTMLElement, frame: HTMLElement): void {
    const now = () => Number(edge.getAttribute('aria-valuenow'));
    const move = (share: number) => {
      frame.style.setProperty('--dock', `${share}%`);
      edge.setAttribute('aria-valuenow', String(share));
    };
    move(recalled() ?? now());
    edge.addEventListener('keydown', (event) => {
      const share = shareAfterKey(event.key, now());
      if (share === undefined) return;
      event.preventDefault();
      move(share);
      remember(share);
    });
    edge.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      edge.focus();
      edge.setPointerCapture(event.pointerId);
      edge.dataset['held'] = '';
    });
    edge.addEventListener('pointermove', (event) => {
      if (!edge.hasPointerCapture(event.pointerId)) return;
      const box = frame.getBoundingClientRect();
      move(shareAt(event.clientX - box.left, box.width));
    });
    edge.addEventListener('lostpointercapture', () => {
      delete edge.dataset['held'];
      remember(now());
    });
  }

  #openable(grip: HTMLButtonElement, inside: HTMLElement): void {
    const open = (wanted: boolean) => {
      this.toggleAttribute('data-open', wanted);
      grip.setAttribute('aria-expanded', String(wanted));
      const label = grip.querySelector('span');
      if (label) label.textContent = wanted ? 'Close the terminal' : 'Open the terminal';
      inside.inert = sheet.matches && !wanted;
    };
    const opened = () => this.hasAttribute('data-open');
    open(false);
    grip.addEventListener('click', () => open(!opened()));
    sheet.addEventListener('change', () => open(opened()));
    document.addEventListener('slipway:run', () => open(true), { capture: true });
    document.addEventListener('slipway:state', (event) => {
      const { detail } = event as CustomEvent<{ text?: string } | null>;
      const state = grip.querySelector('.state');
      if (state) state.textContent = detail?.text ?? '';
    });
  }
}

function recalled(): number | undefined {
  try {
    const kept = Number(localStorage.getItem(KEY) ?? NaN);
    return Number.isFinite(kept) ? clampShare(kept) : undefined;
  } catch {
    return undefined;
  }
}

function remember(share: number): void {
  try {
    localStorage.setItem(KEY, String(share));
  } catch {
    // Storage is shut off: the edge stays where it is for this page.
  }
}

customElements.define('slipway-dock', Dock);
