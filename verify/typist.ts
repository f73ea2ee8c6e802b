/** Types commands into a reader's shell, one at a time, and says what came of each. */
import { setTimeout as pause } from 'node:timers/promises';
import { plain } from './screen.ts';
import { MarkReader, type Mark } from './marks.ts';
import type { Reader } from './reader.ts';
import type { Command } from '../src/course/command.ts';

/** Readline turns it on at each prompt; it draws nothing. */
const BRACKETED_PASTE = /\x1b\[\?2004[hl]/g;

/** Milliseconds before the first key in answer to a program, and between two: so that who watches its recording can follow. */
const LOOK_MS = 1000;
/** Milliseconds at a prompt before a line is typed: no reader is quicker, and Docker lists a container as running for a moment after its end. */
const PROMPT_MS = 200;
const KEY_MS = 60;

/** One key each: a control sequence, as arrows send it, or a character. */
const KEY = /\x1b\[[0-9;]*[A-Za-z~]|[\s\S]/gu;

/** Output with the milliseconds since Return at which it came; what came before Return has 0. */
export type Piece = { readonly at: number; readonly text: string };

export interface Typed {
  readonly exit: number;
  readonly ms: number;
  /** The prompt and the line as the shell echoed it. */
  readonly line: string;
  /** What the command printed. */
  readonly pieces: readonly Piece[];
}

type Phase = 'away' | 'prompt' | 'ready' | 'running';

/** A command did not come to its end: what was printed until then. */
export class Unfinished extends Error {
  readonly output: string;
  constructor(message: string, output: string) {
    super(message);
    this.name = 'Unfinished';
    this.output = output;
  }
}

export class Typist {
  readonly #reader: Reader;
  readonly #marks = new MarkReader();
  #phase: Phase = 'away';
  /** What stands on the prompt's line, and what stood there when Return was pressed. */
  #line = '';
  #entered = '';
  #pieces: Piece[] = [];
  #since = 0;
  #ended: { exit: number; ms: number } | undefined;
  #wake: () => void = () => undefined;

  /** @param reader one that is about to connect */
  constructor(reader: Reader) {
    this.#reader = reader;
    reader.output.heard = (text) => {
      for (const part of this.#marks.take(text)) this.#take(part);
      this.#wake();
    };
  }

  /** Resolves when the shell waits for a line. @throws Error when it does not in time */
  async ready(ms = 30_000): Promise<void> {
    await this.#until(() => this.#phase === 'ready' || undefined, ms, 'no prompt');
  }

  /**
   * Types a command and Return, answers what it asks key by key at a person's pace, and waits for its end.
   * @param withinMs for all of it
   * @throws Unfinished when it does not end in time, or does not show what its keys wait for
   */
  async run(
    { run, keys = [] }: Pick<Command, 'run'> & Partial<Pick<Command, 'keys'>>,
    withinMs: number,
  ): Promise<Typed> {
    await this.ready();
    await pause(PROMPT_MS);
    const deadline = performance.now() + withinMs;
    this.#pieces = [];
    this.#ended = undefined;
    this.#since = performance.now();
    this.#reader.type(`${run}\r`);
    let seen = 0;
    for (const { after, type } of keys) {
      const pattern = new RegExp(after, 'm');
      const shown = () => pattern.exec(plain(this.output).slice(seen));
      const left = deadline - performance.now();
      const found = await this.#until(() => shown() ?? (this.#ended && 'ended'), left, `did not show /${after}/`);
      if (found === 'ended') throw new Unfinished(`ended before it showed /${after}/`, this.output);
      seen += found.index + found[0].length;
      await this.#press(type, deadline);
    }
    const atPrompt = () => (this.#phase === 'ready' ? this.#ended : undefined);
    const ended = await this.#until(atPrompt, deadline - performance.now(), 'did not end');
    return { ...ended, line: this.#entered.replaceAll(BRACKETED_PASTE, ''), pieces: this.#pieces };
  }

  /** Gets a prompt back after a command that did not end: Ctrl-C, and where that is not enough, Ctrl-\. @throws Error when there is none */
  async recover(): Promise<void> {
    if (this.#phase === 'ready') return;
    this.#reader.type('\x03');
    await this.ready(5_000).catch(async () => {
      this.#reader.type('\x1c');
      await this.ready(5_000);
    });
  }

  /** What the command has printed. */
  get output(): string {
    return this.#pieces.map(({ text }) => text).join('');
  }

  /** Types key by key. No key is pressed once the command has ended: it would go to the shell. */
  async #press(keys: string, deadline: number): Promise<void> {
    let wait = LOOK_MS;
    for (const key of keys.match(KEY) ?? []) {
      await pause(wait);
      if (this.#ended) throw new Unfinished(`ended before ${JSON.stringify(key)} was typed`, this.output);
      if (performance.now() > deadline) return;
      this.#reader.type(key);
      wait = KEY_MS;
    }
  }

  #take(part: Mark | { text: string }): void {
    if ('text' in part) {
      if (this.#phase === 'running') this.#pieces.push({ at: performance.now() - this.#since, text: part.text });
      else if (this.#phase !== 'away') this.#line += part.text;
      return;
    }
    switch (part.mark) {
      case 'A':
        this.#phase = 'prompt';
        this.#line = '';
        break;
      case 'B':
        this.#phase = 'ready';
        break;
      case 'C':
        this.#phase = 'running';
        this.#entered = this.#line;
        break;
      case 'D':
        if (this.#phase === 'running') this.#ended = { exit: part.exit ?? -1, ms: performance.now() - this.#since };
        this.#phase = 'away';
    }
  }

  /** Looks now and after each piece of output. */
  async #until<T>(look: () => T | undefined, ms: number, otherwise: string): Promise<T> {
    const deadline = performance.now() + ms;
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      if (this.#reader.lost !== undefined) throw new Unfinished(this.#reader.lost, this.output);
      const left = deadline - performance.now();
      if (left <= 0) throw new Unfinished(`${otherwise} within ${(ms / 1000).toFixed(0)} s`, this.output);
      const { promise, resolve } = Promise.withResolvers<undefined>();
      const timer = setTimeout(() => resolve(undefined), left);
      this.#wake = () => resolve(undefined);
      await Promise.race([promise, this.#reader.closed]);
      clearTimeout(timer);
    }
  }
}
