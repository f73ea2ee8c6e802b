/** Keeps account of the shell's output by absolute offset: nothing missing, nothing twice, acknowledged once parsed. */
import { OUTPUT_ACK_EVERY } from '../../../sandbox/protocol/bounds.ts';
import { unseen } from '../../../sandbox/protocol/frames.ts';
import type { OutputFrame } from '../../../sandbox/protocol/frames.ts';

/** Output jumped forward without a word about it. */
export class OutputMissing extends Error {
  constructor(bytes: number) {
    super(`${bytes} bytes of output are missing`);
    this.name = 'OutputMissing';
  }
}

export type Attached = { epoch: string; start: number; end: number };

export class OutputLedger {
  #epoch: string | undefined;
  /** Counts streams, so that what an old stream still has in the parser is not taken for the new one's. */
  #stream = 0;
  #next = 0;
  #parsed = 0;
  #acked = 0;
  #end = 0;

  /** What to ask for on the next attach; undefined: everything that is kept. */
  get resume(): { epoch: string; from: number } | undefined {
    return this.#epoch === undefined ? undefined : { epoch: this.#epoch, from: this.#next };
  }

  /** Whether all that was printed before the attach has been parsed. */
  get caughtUp(): boolean {
    return this.#parsed >= this.#end;
  }

  /** Whether this shell has not printed anything yet. */
  get blank(): boolean {
    return this.#next === 0;
  }

  /** @returns whether the stream is another one than asked for, so the screen must be cleared before its output */
  attached({ epoch, start, end }: Attached): boolean {
    const goesOn = epoch === this.#epoch && start === this.#next;
    if (!goesOn) {
      this.#epoch = epoch;
      this.#stream += 1;
      this.#next = start;
      this.#parsed = start;
    }
    this.#acked = start;
    this.#end = end;
    return !goesOn;
  }

  /**
   * Takes a frame in.
   * @returns the bytes not seen before, and what to call once they are parsed
   * @throws OutputMissing when bytes before the frame never came
   */
  accept(frame: OutputFrame): { bytes: Uint8Array; done: () => void } {
    const { bytes, next, missing } = unseen(frame, this.#next);
    if (missing > 0) throw new OutputMissing(missing);
    this.#next = next;
    return { bytes, done: this.#marker() };
  }

  /**
   * Output between here and `offset` is no longer kept.
   * @returns how many bytes are lost, and what to call once the place of the loss has been parsed
   */
  gap(offset: number): { lost: number; done: () => void } {
    const lost = Math.max(0, offset - this.#next);
    this.#next += lost;
    return { lost, done: this.#marker() };
  }

  /** The offset to acknowledge now, or undefined when so little is open that it can wait for `flush`. */
  due(): number | undefined {
    return this.#parsed - this.#acked >= OUTPUT_ACK_EVERY ? this.flush() : undefined;
  }

  /** The offset to acknowledge when nothing more is expected for the moment, or undefined when nothing is open. */
  flush(): number | undefined {
    if (this.#parsed <= this.#acked) return undefined;
    this.#acked = this.#parsed;
    return this.#acked;
  }

  #marker(): () => void {
    const stream = this.#stream;
    const offset = this.#next;
    return () => {
      if (stream === this.#stream) this.#parsed = Math.max(this.#parsed, offset);
    };
  }
}
