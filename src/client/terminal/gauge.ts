/** The gauge in the bar: small bars at a glance, meters with figures on demand. Says nothing by itself. */
import type { Usage } from '../../../sandbox/protocol/usage.ts';
import { extendLabel } from './deadline.ts';
import { attention, metersFor, timeLevel, timeText } from './meters.ts';
import type { Meter } from './meters.ts';
import type { Parts } from './parts.ts';

type Places = Pick<Parts, 'usage' | 'gauge' | 'gaugeWord' | 'meters' | 'left' | 'stay'>;

export class Gauge {
  readonly #parts: Places;
  /** Where the focus goes when what holds it is hidden. */
  readonly #elsewhere: () => void;

  constructor(parts: Places, elsewhere: () => void, signal: AbortSignal) {
    this.#parts = parts;
    this.#elsewhere = elsewhere;
    const { usage, gauge } = parts;
    gauge.addEventListener('click', () => this.#open(parts.meters.hidden !== false), { signal });
    usage.addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Escape' || parts.meters.hidden !== false) return;
        event.preventDefault();
        this.#open(false);
        gauge.focus();
      },
      { signal },
    );
    const leave = ({ target }: Event) => {
      if (target instanceof Node && !usage.contains(target)) this.#open(false);
    };
    document.addEventListener('pointerdown', leave, { signal });
    document.addEventListener('focusin', leave, { signal });
  }

  /** @param leftMs until the session's time is over, as of now */
  show(now: { usage: Usage; leftMs: number } | undefined): void {
    const { usage: place, gauge, gaugeWord, left, stay } = this.#parts;
    if (now === undefined) {
      const held = place.contains(document.activeElement);
      this.#open(false);
      place.hidden = true;
      if (held) this.#elsewhere();
      return;
    }
    const meters = metersFor(now.usage);
    const word = attention(meters, now.leftMs);
    setText(gaugeWord, word?.text ?? '');
    gauge.dataset['level'] = word?.level ?? 'calm';
    for (const row of place.querySelectorAll<HTMLElement>('[data-meter]'))
      showRow(
        row,
        meters.find(({ name }) => name === row.dataset['meter']),
      );
    for (const bar of place.querySelectorAll<HTMLElement>('[data-bar]'))
      showBar(
        bar,
        meters.find(({ name }) => name === bar.dataset['bar']),
      );
    setText(left, timeText(now.leftMs));
    left.dataset['level'] = timeLevel(now.leftMs);
    const { extendMs } = now.usage.time;
    if (extendMs === 0 && document.activeElement === stay) gauge.focus();
    stay.hidden = extendMs === 0;
    if (extendMs > 0) setText(stay, extendLabel(extendMs));
    place.hidden = false;
  }

  #open(open: boolean): void {
    const { gauge, meters } = this.#parts;
    if ((meters.hidden !== false) === !open) return;
    meters.hidden = !open;
    gauge.ariaExpanded = String(open);
  }
}

function showRow(row: HTMLElement, meter: Meter | undefined): void {
  row.hidden = meter === undefined;
  if (meter === undefined) return;
  row.dataset['level'] = meter.level;
  const figure = row.querySelector('.figure');
  if (figure) setText(figure, meter.text);
  const track = row.querySelector<HTMLElement>('[role="meter"]');
  if (track) showBar(track, meter);
}

/** Without a bound there is no bar. */
function showBar(bar: HTMLElement, meter: Meter | undefined): void {
  bar.hidden = meter?.share === undefined;
  if (meter?.share === undefined) return;
  const share = Math.round(meter.share * 100);
  bar.dataset['level'] = meter.level;
  bar.style.setProperty('--share', `${share}%`);
  if (bar.role !== 'meter') return;
  bar.ariaValueNow = String(share);
  bar.ariaValueText = meter.text;
}

function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
