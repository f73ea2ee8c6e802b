/**
 * Keeps a holder to what an honest one does. It is a stranger's process: output that jumps or goes beyond what was acknowledged, and frames
 * without occasion, would cost the gateway time and memory that belong to other readers.
 */
import { OUTPUT_WINDOW, REPLAY_WINDOW } from '../protocol/bounds.ts';
import { HolderProtocolError } from './holder-protocol.ts';

export class HolderWatch {
  #attached = false;
  /** Offset of the next output byte; every byte before `acked` has been acknowledged. */
  #next = 0;
  #replayEnd = 0;
  #acked = 0;
  #sent = 0;
  #taken = 0;
  #pings = 0;

  /** Input bytes that the terminal has not taken yet. */
  get waiting(): number {
    return this.#sent - this.#taken;
  }

  /** @throws HolderProtocolError the second time, and when there is no room between the offsets */
  attached(start: number, end: number): void {
    if (this.#attached) throw new HolderProtocolError('attached twice');
    if (end < start) throw new HolderProtocolError('attached beyond the end');
    this.#attached = true;
    this.#next = this.#acked = start;
    this.#replayEnd = end;
  }

  /** @throws HolderProtocolError for bytes that do not follow, are none, or have no room */
  output(offset: number, length: number): void {
    if (!this.#attached) throw new HolderProtocolError('output before attached');
    if (offset !== this.#next || length === 0) throw new HolderProtocolError('output that does not follow');
    this.#next += length;
    const window = offset < this.#replayEnd ? REPLAY_WINDOW : OUTPUT_WINDOW;
    if (this.#next - this.#acked > window) throw new HolderProtocolError('output beyond the window');
  }

  /** Output goes on further ahead. @throws HolderProtocolError when that is not ahead */
  gap(offset: number): void {
    if (!this.#attached || offset <= this.#next) throw new HolderProtocolError('a gap that leads back');
    this.#next = this.#acked = offset;
  }

  /** The client has parsed every byte before `offset`; one that claims more than it was sent is the holder's to end. */
  acknowledged(offset: number): void {
    if (offset > this.#acked && offset <= this.#next) this.#acked = offset;
  }

  typed(bytes: number): void {
    this.#sent += bytes;
  }

  /** @throws HolderProtocolError when the count does not grow, or is of more than was sent */
  taken(bytes: number): void {
    if (bytes <= this.#taken) throw new HolderProtocolError('input taken twice');
    if (bytes > this.#sent) throw new HolderProtocolError('more input taken than sent');
    this.#taken = bytes;
  }

  pinged(): void {
    this.#pings++;
  }

  /** @throws HolderProtocolError for an answer to nothing */
  pong(): void {
    if (--this.#pings < 0) throw new HolderProtocolError('pong without ping');
  }
}
