/** Has the reader done it? Judged from the state of their engine and workspace. */
import { EngineAnswer } from '../engine/view.ts';
import type { Check, CheckKind, CheckResult } from '../protocol/checks.ts';
import { kinds } from './kinds/registry.ts';
import { Unjudgeable, type Cause, type CheckOf, type Judged, type Kind } from './verdict.ts';

const SAW_MOST = 300;

/** What a check is judged from. */
export function causeOf(check: Check): Cause {
  return kinds[check.kind].of;
}

/**
 * How a check stands. It never throws: what cannot be told is `unknown`, and says why.
 * @param view what it is judged from
 */
export async function judge(check: Check, view: Judged): Promise<CheckResult> {
  try {
    return cut({ id: check.id, ...(await judgeAs(check.kind, check, view)) });
  } catch (error) {
    return unknown(check, whyNot(error));
  }
}

export function unknown(check: Check, why: string): CheckResult {
  return cut({ id: check.id, verdict: 'unknown', saw: why });
}

/** The kind's own judge takes checks of that kind; that `check` is one, the compiler cannot follow. */
function judgeAs<K extends CheckKind>(kind: K, check: Check, view: Judged) {
  const of: Kind<K> = kinds[kind];
  return of.judge(check as CheckOf<K>, view);
}

function whyNot(error: unknown): string {
  if (error instanceof Unjudgeable) return error.message;
  if (error instanceof EngineAnswer) return `This could not be told: ${error.message}.`;
  return 'Your Docker engine did not answer.';
}

function cut(result: CheckResult): CheckResult {
  const { saw } = result;
  return saw === undefined || saw.length <= SAW_MOST ? result : { ...result, saw: `${saw.slice(0, SAW_MOST - 1)}…` };
}
