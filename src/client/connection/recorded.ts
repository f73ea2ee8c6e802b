/** When recordings stand in for a sandbox. */
import type { ProblemCode } from '../../../sandbox/protocol/problems.ts';
import type { State, Why } from './state.ts';

/** Tries that fail before a first connection is called a failure. */
export const PATIENCE = 3;
/** Nothing of these is over within a moment. */
const LASTING = new Set<ProblemCode>(['host-missing', 'image-missing', 'host-full', 'address-full']);

/**
 * Whether recordings stand in after a try that failed. A shell that was live and is only cut off comes back; it is waited for.
 * @param attempt tries that have failed since the last good connection, this one included
 */
export function standsIn(before: State, why: Why, attempt: number): boolean {
  if (before.name === 'recorded' || why.kind === 'none') return true;
  if (why.kind === 'problem' && LASTING.has(why.problem.code)) return true;
  return before.name === 'connecting' && !before.seen && attempt >= PATIENCE;
}

/** Where in the line for a sandbox the reader stands; 1 is next. Undefined when there is no line. */
export function inLine(why: Why): number | undefined {
  return why.kind === 'problem' ? why.problem.place : undefined;
}

const suffix = { one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' };

/** "3rd", and "next" for the first. */
export function ordinal(n: number): string {
  return n === 1 ? 'next' : `${n}${suffix[new Intl.PluralRules('en', { type: 'ordinal' }).select(n)]}`;
}

/** Why nothing can be asked of a sandbox, for the reader. */
export function whyNot(state: State): string {
  if (state.name === 'ended') return state.problem.title;
  const place = state.name === 'recorded' ? inLine(state.why) : undefined;
  if (place !== undefined) return `You are ${ordinal(place)} in line for a sandbox; this page asks again by itself.`;
  if (state.name === 'recorded' && state.why.kind === 'problem') return state.why.problem.title;
  if (state.name === 'recorded' && state.why.kind !== 'none') return 'The sandbox does not answer.';
  return 'There is no sandbox here: this site is pages only.';
}
