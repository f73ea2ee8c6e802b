/** Commands the reader asked to run, typed one after the other as soon as there is a shell to take them. */
import type { Cancel, Platform } from '../connection/platform.ts';
import type { Mark } from './marks.ts';

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
  #awaitsPrompt = false;
  /** What the shell's marks said last; undefined in a shell that makes none: it is typed to at any time. */
  #said: 'prompt' | 'running' | undefined;
  /** A command was typed at that prompt. */
  #typed = false;

  /** @param type types text into the shell as it is */
  constructor(platform: Platform, type: (text: string) => void) {
    this.#platform = platform;
    this.#type = type;
  }

  /** The commands that wait, oldest first. */
  get waiting(): readonly string[] {
    return this.#waiting;
  }

  /** Whether there is a shell, and something runs in it. */
  get busy(): boolean {
    return this.#live && this.#said !== undefined && (this.#said === 'running' || this.#typed);
  }

  /**
   * Types the command and Return at the prompt; keeps it while there is no shell, or something runs in it. Pressed again while it waits
   * for a shell, it is still one; while it waits for what runs, it is typed into that.
   */
  add(command: string): void {
    const again = this.#waiting.at(-1) === command;
    if (this.#live && (!this.busy || again)) {
      if (again) this.#waiting.pop();
      this.#run(command);
    } else if (!again && this.#waiting.length < MOST) this.#waiting.push(command);
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

  /** The shell says where it is. */
  marked({ kind }: Mark): void {
    if (kind !== 'B') {
      // A prompt that does not say where it ends is the reader's own.
      if (kind === 'A' && this.#live) this.#timer = this.#platform.after(PROMPT_SETTLES_MS, () => this.#prompt());
      if (kind === 'C') {
        if (this.#live) this.#timer();
        this.#said = 'running';
      }
      return;
    }
    this.#timer();
    this.#prompt();
  }

  /** Part of what the shell printed was not seen: what its marks said does not hold any more. */
  unsure(): void {
    this.#said = undefined;
    this.#typed = false;
  }

  /** There is no shell to type to. */
  away(): void {
    this.#timer();
    this.#awaitsPrompt = false;
    this.#live = false;
    this.#typed = false;
  }

  /** Gives up all that waits. @returns it, oldest first */
  drop(): string[] {
    return this.#waiting.splice(0);
  }

  #prompt(): void {
    this.#said = 'prompt';
    this.#typed = false;
    if (this.#live || this.#awaitsPrompt) this.#flush();
  }

  #after(ms: number): void {
    this.#timer();
    this.#awaitsPrompt = true;
    this.#timer = this.#platform.after(ms, () => this.#flush());
  }

  #flush(): void {
    this.#timer();
    this.#awaitsPrompt = false;
    this.#live = true;
    while (!this.busy) {
      const command = this.#waiting.shift();
      if (command === undefined) return;
      this.#run(command);
    }
  }

  #run(command: string): void {
    this.#typed = true;
    // Return is what the key sends; a line feed is another key.
    this.#type(command.replace(/\r?\n/g, '\r') + '\r');
  }
}
