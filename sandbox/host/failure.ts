/** A failure of another program: what failed, and the last of what it said. */
import type { Steps } from './progress/steps.ts';

export class Failure extends Error {
  /** The program's own last lines: for whoever started Slipway, not for readers. */
  readonly tail: readonly string[];

  constructor(what: string, tail: readonly string[], options?: ErrorOptions) {
    super(what, options);
    this.name = 'Failure';
    this.tail = tail;
  }
}

/** An error in words: what failed. */
export function inShort(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Shows a program's last words to whoever started Slipway. */
export function tellTail(error: unknown, steps: Steps): void {
  if (error instanceof Failure) for (const line of error.tail) steps.note(`  ${line}`);
}
