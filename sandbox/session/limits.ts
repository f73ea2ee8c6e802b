/** Whether there is room for one more session. */
import type { ProblemCode } from '../protocol/problems.ts';

/**
 * @param addresses of every session there is or that is being made, the ones of one address as often as it has sessions
 * @param address whose reader asks
 * @returns what is full, or undefined when there is room
 */
export function whatIsFull(
  addresses: readonly string[],
  address: string,
  limits: { readonly sessions: number; readonly sessionsPerAddress: number },
): Extract<ProblemCode, 'host-full' | 'address-full'> | undefined {
  if (addresses.length >= limits.sessions) return 'host-full';
  if (addresses.filter((one) => one === address).length >= limits.sessionsPerAddress) return 'address-full';
  return undefined;
}
