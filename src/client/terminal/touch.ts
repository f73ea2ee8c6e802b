/** Scrolling by a finger, which xterm 6 does not do itself: https://github.com/xtermjs/xterm.js/issues/5489. */
import type { Terminal } from '@xterm/xterm';

/** A flick goes on by itself, losing this share of its speed with each frame, until it moves less than this many pixels a frame. */
const FRICTION = 0.06;
const STILL_PX = 0.5;

/** Lines are moved whole: what is left of a movement is kept for the next. */
export class LineSteps {
  #rest = 0;

  /** @returns whole lines in `px` and what was left before; towards newer output is positive */
  add(px: number, linePx: number): number {
    this.#rest += px;
    const lines = Math.trunc(this.#rest / linePx);
    this.#rest -= lines * linePx;
    return lines;
  }
}

/** @param place has `touch-action: none`, else the page would scroll in its stead */
export function scrollByTouch(place: HTMLElement, terminal: Terminal, signal: AbortSignal): void {
  const steps = new LineSteps();
  let finger: number | undefined;
  let lastY = 0;
  let speed = 0;
  let frame = 0;

  const move = (px: number, at: PointerEvent) => {
    const lines = steps.add(px, (terminal.element ?? place).clientHeight / terminal.rows);
    if (lines !== 0) scroll(terminal, lines, at);
  };
  const on = (
    type: 'pointerdown' | 'pointermove' | 'pointerup' | 'pointercancel',
    run: (event: PointerEvent) => void,
  ) => place.addEventListener(type, (event) => event.pointerType === 'touch' && run(event), { signal });

  on('pointerdown', (event) => {
    cancelAnimationFrame(frame);
    finger = event.pointerId;
    lastY = event.clientY;
    speed = 0;
  });
  on('pointermove', (event) => {
    if (event.pointerId !== finger) return;
    const px = lastY - event.clientY;
    lastY = event.clientY;
    speed = speed * 0.5 + px * 0.5;
    move(px, event);
  });
  const end = (event: PointerEvent) => {
    if (event.pointerId !== finger) return;
    finger = undefined;
    const glide = () => {
      speed *= 1 - FRICTION;
      if (Math.abs(speed) < STILL_PX) return;
      move(speed, event);
      frame = requestAnimationFrame(glide);
    };
    glide();
  };
  on('pointerup', end);
  on('pointercancel', end);
  signal.addEventListener('abort', () => cancelAnimationFrame(frame));
}

/** Scrolls back through what is kept or, where a program has the whole screen or the mouse, turns the wheel for it. */
function scroll(terminal: Terminal, lines: number, { clientX, clientY }: PointerEvent): void {
  if (terminal.buffer.active.type === 'normal' && terminal.modes.mouseTrackingMode === 'none') {
    terminal.scrollLines(lines);
    return;
  }
  const turn = { deltaY: Math.sign(lines), deltaMode: WheelEvent.DOM_DELTA_LINE, clientX, clientY, cancelable: true };
  for (let line = 0; line < Math.abs(lines); line += 1) terminal.element?.dispatchEvent(new WheelEvent('wheel', turn));
}
