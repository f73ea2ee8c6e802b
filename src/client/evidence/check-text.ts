/** What the page says of a judged check. Pure. */
import type { Check, CheckResult } from '../../../sandbox/protocol/checks.ts';

export interface Said {
  readonly verdict: CheckResult['verdict'] | 'none';
  /** One or two words. */
  readonly state: string;
  /** The hint that fits what is wrong; without one, or when it is met, what was seen. */
  readonly more: string;
}

/** @param result undefined while it has not been judged */
export function saidOf(check: Check, result: CheckResult | undefined): Said {
  if (!result) return { verdict: 'none', state: 'Not judged yet', more: '' };
  const { verdict, saw = '' } = result;
  if (verdict === 'met') return { verdict, state: 'Done.', more: '' };
  if (verdict === 'unknown') return { verdict, state: 'Cannot tell.', more: saw };
  const hints: Readonly<Record<string, string | undefined>> = check.hints ?? {};
  const hint = result.fault === undefined ? undefined : hints[result.fault];
  return { verdict, state: 'Not yet.', more: hint ?? saw };
}

/** A text's parts, in order: what stands between backticks is code. */
export function partsOf(text: string): { readonly code: boolean; readonly text: string }[] {
  const parts = text.split(/`([^`]+)`/);
  return parts.flatMap((part, index) => (part === '' ? [] : [{ code: index % 2 === 1, text: part }]));
}

/** How many of them are met: "2 of 3 done." */
export function countText(results: readonly CheckResult[]): string {
  const met = results.filter(({ verdict }) => verdict === 'met').length;
  return `${met} of ${results.length} done.`;
}
