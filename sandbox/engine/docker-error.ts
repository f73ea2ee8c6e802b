/** What Docker's API refused, as far as it matters to who asked. */

/** The HTTP status of an error of dockerode's, if it is one. */
export function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined;
  return typeof error.statusCode === 'number' ? error.statusCode : undefined;
}

/** Awaits an answer, taking refusals with these statuses for done. */
export async function unless<T>(statuses: readonly number[], answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (statuses.includes(statusOf(error) ?? 0)) return undefined;
    throw error;
  }
}

/** Awaits an answer, taking "there is none" (404) for done. */
export function unlessGone<T>(answer: Promise<T>): Promise<T | undefined> {
  return unless([404], answer);
}
