/** What judging a check comes to. */
import type { EngineView } from '../engine/view.ts';
import type { ImageSummary } from '../protocol/evidence.ts';
import type { Check, CheckKind, CheckResult } from '../protocol/checks.ts';

/** What checks are judged from: the engine's view, where what `docker images` lists costs less than an image's details. */
export type Judged = Pick<EngineView, 'find' | 'textIn' | 'containers' | 'builds' | 'readFile'> & {
  image(name: string): Promise<ImageSummary | undefined>;
  details: EngineView['image'];
};

export type CheckOf<K extends CheckKind> = Extract<Check, { kind: K }>;
/** The faults that a check's hints may name. */
export type FaultOf<K extends CheckKind> = keyof NonNullable<CheckOf<K>['hints']> & string;

export type Verdict<Fault extends string = string> = Omit<CheckResult, 'id' | 'fault'> & { fault?: Fault };

/** What the state of can change how a check stands. Files tell nobody that they changed. */
export type Cause = 'images' | 'containers' | 'builds' | 'files';

/** How checks of one kind are judged. */
export type Kind<K extends CheckKind> = {
  /** What it is judged from. */
  of: Cause;
  /** @throws Unjudgeable, or whatever the view throws, when it cannot be told */
  judge: (check: CheckOf<K>, view: Judged) => Verdict<FaultOf<K>> | Promise<Verdict<FaultOf<K>>>;
};

/** A check cannot be judged; the message says why, to the reader. */
export class Unjudgeable extends Error {}

export function met(saw: string): { verdict: 'met'; saw: string } {
  return { verdict: 'met', saw };
}

export function unmet<F extends string>(fault: F, saw: string): { verdict: 'unmet'; fault: F; saw: string } {
  return { verdict: 'unmet', fault, saw };
}

/** That there is no such image, as a check of any kind of image says it. */
export function noImage(name: string): { verdict: 'unmet'; fault: 'missing'; saw: string } {
  return unmet('missing', `there is no ${name}`);
}

/** Words in quotes, with commas. */
export function quoted(words: readonly string[]): string {
  return words.map((word) => `“${word}”`).join(', ');
}
