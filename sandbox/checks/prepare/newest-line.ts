/** The newest line of a program's output, as far as it can be shown: no colours, no cursor movements, no more than a screen has. */
import { shown } from '../../engine/shown.ts';

/** Characters of output looked at; what came before is gone. */
const KEPT = 4 * 1024;
const SHOWN_MOST = 300;

// A control sequence, a title or other text for the terminal, and any other escape.
const ESCAPES = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[^[\]])/g;

export class NewestLine {
  readonly #decoder = new TextDecoder();
  #tail = '';

  /** @returns the newest line that is not blank, of those that are whole and the one begun */
  push(bytes: Uint8Array): string {
    this.#tail = (this.#tail + this.#decoder.decode(bytes, { stream: true })).slice(-KEPT);
    return this.text;
  }

  get text(): string {
    const lines = this.#tail.replace(ESCAPES, '').split(/[\r\n]/);
    const newest = lines.findLast((line) => line.trim() !== '') ?? '';
    return shown(newest.trim().replaceAll('\t', ' '), SHOWN_MOST);
  }
}
