/** How far a lesson's start state is from the reader's sandbox, and what is offered. */

/** The images of `needs` that are not among the reader's; undefined while those are not known. */
export function missing(needs: readonly string[], images: readonly { tags: readonly string[] }[] | undefined) {
  if (images === undefined) return undefined;
  const there = new Set(images.flatMap(({ tags }) => tags));
  return needs.filter((image) => !there.has(image));
}

/** What the button offers, and why. @param lacking images that are not there; undefined while that is not known */
export function offer(
  needs: readonly string[],
  lacking: readonly string[] | undefined,
): { button: string; why: string } {
  if (lacking === undefined ? needs.length === 0 : lacking.length === 0) {
    return { button: 'Reset this lesson', why: 'Its files, as they are when it begins.' };
  }
  const names = lacking ?? needs;
  return { button: 'Catch me up', why: `This lesson begins with ${list(names)} from earlier ones.` };
}

/** "a, b and c" */
export function list(names: readonly string[]): string {
  const [last, ...others] = names.toReversed();
  return others.length === 0 ? (last ?? '') : `${others.toReversed().join(', ')} and ${last ?? ''}`;
}
