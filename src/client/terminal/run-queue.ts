/** Commands the reader asked to run, typed one after the other as soon as there is a shell to take them. */
import type { Cancel, Platform } from '../connection/platform.ts';

/** A shell that has just started prints its prompt first; one that prints nothing is typed to all the same. */
const PROMPT_WITHIN_MS = 1_500;
/** After the first output the rest of the prompt is on its way. */
const PROMPT_SETTLES_MS = 60;
const MOST = 20;

export class RunQueue {
  readonly #platform: Platform;
  readonly #type: (text: string) => void;
  #waiting: string[] = [];
  #timer: Cancel = () => undefined;
  #live = false;

  /** @param type types text into the shell as it is */
  constructor(platform: Platform, type: (text: string) => void) {
    this.#platform = platform;
    this.#type = type;
  }

  /** The commands that wait for a shell, oldest first. */
  get waiting(): readonly string[] {
    return this.#waiting;
  }

  /** Types the command and Return at once when live; else keeps it. Pressed again while it waits, it is still one. */
  add(command: string): void {
    if (this.#live) {
      this.#run(command);
      return;
    }
    if (this.#waiting.at(-1) === command || this.#waiting.length >= MOST) return;
    this.#waiting.push(command);
  }

  /** There is a shell. @param blank whether it has not printed anything yet */
  live(blank: boolean): void {
    if (blank) this.#after(PROMPT_WITHIN_MS);
    else this.#flush();
  }

  /** The shell printed something. */
  printed(): void {
    if (!this.#live && this.#awaitsPrompt) this.#after(PROMPT_SETTLES_MS);
  }

  /** There is no shell to type to. */
  away(): void {
    this.#timer();
    this.#awaitsPrompt = false;
    this.#live = false;
  }

  #awaitsPrompt = false;

  #after(ms: number): void {
    this.#timer();
    this.#awaitsPrompt = true;
    this.#timer = this.#platform.after(ms, () => this.#flush());
  }

  #flush(): void {
    this.away();
    this.#live = true;
    for (const command of this.#waiting.splice(0)) this.#run(command);
  }

  #run(command: string): void {
    // Return is what the key sends; a line feed is another key.
    this.#type(command.replace(/\r?\n/g, '\r') + '\r');
  }
}
