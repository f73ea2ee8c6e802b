/** Has the sandbox prepare files and images for the reader: asks before it overwrites edits, and tells how it goes. */
import type { Prepare } from '../../../sandbox/protocol/messages.ts';
import { ask, hear, nextAsk } from '../evidence/page.ts';
import type { Evidence } from '../evidence/page.ts';

export type Wish = Pick<Prepare, 'files' | 'steps'>;
type Prepared = Extract<Evidence, { type: 'prepared' }>;

export interface Telling {
  /** How it stands, in a sentence; `done` from 0 to 1, undefined when it is not under way. */
  says(text: string, done: number | undefined): void;
  /** The reader has edited these files: may they be overwritten? */
  mayOverwrite(paths: readonly string[]): Promise<boolean>;
}

/**
 * @param signal ends the listening, not the work
 * @returns whether all of it was done
 */
export async function prepare(wish: Wish, telling: Telling, signal: AbortSignal): Promise<boolean> {
  telling.says('Asking the sandbox…', 0);
  let answer = await once(wish, false, telling, signal);
  if (answer.state === 'edited') {
    if (!(await telling.mayOverwrite(answer.paths ?? []))) {
      telling.says('Nothing was changed.', undefined);
      return false;
    }
    answer = await once(wish, true, telling, signal);
  }
  telling.says(answer.state === 'done' ? 'Done.' : (answer.says ?? 'It did not work.'), undefined);
  return answer.state === 'done';
}

function once(wish: Wish, overwrite: boolean, telling: Telling, signal: AbortSignal): Promise<Prepared> {
  const number = nextAsk();
  return new Promise((resolve) => {
    const over = new AbortController();
    hear('prepared', AbortSignal.any([signal, over.signal]), (prepared) => {
      if (prepared.ask !== number) return;
      if (prepared.state === 'working') {
        telling.says(prepared.says ?? 'Working…', (prepared.step ?? 0) / Math.max(1, prepared.of ?? 1));
        return;
      }
      over.abort();
      resolve(prepared);
    });
    ask({ type: 'prepare', ask: number, ...wish, overwrite });
  });
}
