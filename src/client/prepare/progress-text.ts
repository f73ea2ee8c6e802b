/** What is said while a sandbox is prepared. */
import type { Prepared } from './preparation.ts';

export interface Progress {
  readonly says: string;
  /** The newest line of output. */
  readonly line: string;
  /** From 0 to 1, as far as it is known. */
  readonly share: number | undefined;
}

/** What is said of a step under way or of the end. @param done at the end */
export function progressOf({ state, step, of, says }: Prepared, done: string): Progress {
  if (state === 'done') return { says: done, line: '', share: 1 };
  if (state === 'edited') return { says: 'Nothing was changed.', line: '', share: undefined };
  if (state === 'failed') return { says: says ?? 'It could not be done.', line: '', share: undefined };
  if (step === undefined || step === 0 || of === undefined || of === 0)
    return { says: 'Getting ready…', line: says ?? '', share: undefined };
  return { says: `Step ${step} of ${of}`, line: says ?? '', share: (step - 1) / of };
}
