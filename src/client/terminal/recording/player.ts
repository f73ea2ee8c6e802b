/** Plays a recording: writes each piece of output at its moment. Knows no screen and no buttons. */
import type { Cancel, Platform } from '../../connection/platform.ts';
import type { Cast } from './cast.ts';

export const SPEEDS = [1, 2, 4] as const;
export type Speed = (typeof SPEEDS)[number];
export type Phase = 'empty' | 'playing' | 'paused' | 'ended';

/** How often, at least, the position is told while it plays. */
const TOLD_EVERY_MS = 100;

export class Player {
  readonly #platform: Pick<Platform, 'after' | 'now'>;
  readonly #write: (text: string) => void;
  readonly #changed: () => void;
  #cast: Cast | undefined;
  #phase: Phase = 'empty';
  #next = 0;
  /** The position at `#since`, in milliseconds; it grows from there while playing. */
  #from = 0;
  #since = 0;
  #speed: Speed = 1;
  #timer: Cancel = () => undefined;

  /** @param changed phase, position or speed are others */
  constructor(platform: Pick<Platform, 'after' | 'now'>, write: (text: string) => void, changed: () => void) {
    this.#platform = platform;
    this.#write = write;
    this.#changed = changed;
  }

  get phase(): Phase {
    return this.#phase;
  }

  get cast(): Cast | undefined {
    return this.#cast;
  }

  /** Milliseconds from the beginning. */
  get position(): number {
    if (this.#phase !== 'playing') return this.#from;
    const { length } = this.#cast ?? { length: 0 };
    return Math.min(length, this.#from + (this.#platform.now() - this.#since) * this.#speed);
  }

  get speed(): Speed {
    return this.#speed;
  }

  set speed(speed: Speed) {
    this.#from = this.position;
    this.#since = this.#platform.now();
    this.#speed = speed;
    if (this.#phase === 'playing') this.#advance();
    else this.#changed();
  }

  /** Plays from the beginning. */
  play(cast: Cast): void {
    this.#cast = cast;
    this.#next = 0;
    this.#from = 0;
    this.#resume();
  }

  /** Holds while it plays, goes on while it is held; from the beginning when it has ended. */
  toggle(): void {
    if (this.#phase === 'playing') this.pause();
    else if (this.#phase === 'paused') this.#resume();
    else if (this.#cast) this.play(this.#cast);
  }

  pause(): void {
    if (this.#phase !== 'playing') return;
    this.#from = this.position;
    this.#timer();
    this.#phase = 'paused';
    this.#changed();
  }

  /** Writes all that is left at once. */
  end(): void {
    if (this.#phase !== 'playing' && this.#phase !== 'paused') return;
    this.#from = this.#cast?.length ?? 0;
    this.#writeUpTo(Infinity);
    this.#finish();
  }

  stop(): void {
    this.#timer();
  }

  #resume(): void {
    this.#since = this.#platform.now();
    this.#phase = 'playing';
    this.#advance();
  }

  #advance(): void {
    this.#timer();
    const { position } = this;
    this.#writeUpTo(position);
    const next = this.#cast?.pieces[this.#next];
    if (next === undefined) {
      this.#from = position;
      this.#finish();
      return;
    }
    const wait = Math.min(TOLD_EVERY_MS, Math.ceil((next.at - position) / this.#speed));
    this.#timer = this.#platform.after(wait, () => this.#advance());
    this.#changed();
  }

  #writeUpTo(position: number): void {
    let text = '';
    for (
      let piece = this.#cast?.pieces[this.#next];
      piece && piece.at <= position;
      piece = this.#cast?.pieces[this.#next]
    ) {
      text += piece.text;
      this.#next += 1;
    }
    if (text !== '') this.#write(text);
  }

  #finish(): void {
    this.#timer();
    this.#phase = 'ended';
    this.#changed();
  }
}
