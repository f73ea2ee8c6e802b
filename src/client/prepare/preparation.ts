/** Has the sandbox prepare files and images for the reader: asks before it overwrites edits, and tells how it goes. */
import type { Prepare } from '../../../sandbox/protocol/messages.ts';
import { ask, hear, nextAsk } from '../evidence/page.ts';
import type { Evidence } from '../connection/evidence.ts';

export type Wish = Pick<Prepare, 'files' | 'steps'>;
export type Prepared = Extract<Evidence, { type: 'prepared' }>;

export interface Telling {
  /** How it stands. */
  told(prepared: Prepared): void;
  /** The reader has edited these files: may they be overwritten? */
  mayOverwrite(paths: readonly string[]): Promise<boolean>;
}

/**
 * Carries it out, once more with leave to overwrite when there are edits and the reader gives it.
 * @param signal ends the listening, not the work
 */
export async function prepare(wish: Wish, telling: Telling, signal: AbortSignal): Promise<void> {
  let answer = await once(wish, false, telling, signal);
  if (answer.state === 'edited' && (await telling.mayOverwrite(answer.paths ?? [])))
    answer = await once(wish, true, telling, signal);
  telling.told(answer);
}

function once(wish: Wish, overwrite: boolean, telling: Telling, signal: AbortSignal): Promise<Prepared> {
  const number = nextAsk();
  return new Promise((resolve) => {
    const over = new AbortController();
    hear('prepared', AbortSignal.any([signal, over.signal]), (prepared) => {
      if (prepared.ask !== number) return;
      if (prepared.state === 'working') {
        telling.told(prepared);
        return;
      }
      over.abort();
      resolve(prepared);
    });
    ask({ type: 'prepare', ask: number, ...wish, overwrite });
  });
}
