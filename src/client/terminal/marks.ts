/** What the shell says of itself in its output: OSC 133, FinalTerm's marks as VS Code and kitty use them. A shell need not say it. */
import type { Cancel, Platform } from '../connection/platform.ts';

/** `A`: a prompt begins. `B`: what follows is typed. `C`: a command is carried out. `D`: it has ended. */
export type Mark = { kind: 'A' | 'B' | 'C' } | { kind: 'D'; exit: number | undefined };

/** @param data what stands between `133;` and the end of the sequence. @returns undefined for anything else */
export function readMark(data: string): Mark | undefined {
  const found = /^(?:([ABC])(?:;.*)?|D(?:;(\d{1,3}))?(?:;.*)?)$/.exec(data);
  if (found === null) return undefined;
  if (found[1] !== undefined) return { kind: found[1] as 'A' | 'B' | 'C' };
  return { kind: 'D', exit: found[2] === undefined ? undefined : Number(found[2]) };
}

/** Does something when asked, but not more often than so: what is asked meanwhile is done once, at the end of the wait. */
export class Spaced {
  readonly #platform: Platform;
  readonly #apartMs: number;
  readonly #run: () => void;
  #last = -Infinity;
  #waits: Cancel | undefined;

  constructor(platform: Platform, apartMs: number, run: () => void) {
    this.#platform = platform;
    this.#apartMs = apartMs;
    this.#run = run;
  }

  ask(): void {
    if (this.#waits !== undefined) return;
    const left = this.#last + this.#apartMs - this.#platform.now();
    if (left <= 0) this.#now();
    else this.#waits = this.#platform.after(left, () => this.#now());
  }

  stop(): void {
    this.#waits?.();
    this.#waits = undefined;
  }

  #now(): void {
    this.#waits = undefined;
    this.#last = this.#platform.now();
    this.#run();
  }
}
