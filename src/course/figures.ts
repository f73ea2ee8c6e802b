/** Figures that prose and pictures quote, sizes in decimal MB, each with where it comes from. */

/** What the author of the article saw with `docker images` in 2021. */
export const article = { singleMB: 896, multiMB: 2.75, go: '1.16' } as const;

/**
 * Both images as `docker image inspect` gave them in a session with two processors, and the time of its `go build` line:
 * Docker 26.1, a stand-in for the golang image.
 */
export const measured = {
  singleMB: 945,
  multiMB: 3.6,
  go: '1.26.8',
  compileSeconds: 12,
  how: 'Measured in a sandbox with Go 1.26.8, on our own stand-in for the official golang image.',
} as const;

/** What the single-stage image is made of, by `docker history`. The last is the program itself. */
export const cargo = [
  { what: 'Debian', mb: 120 },
  { what: 'Compilers, git and other packages', mb: 521 },
  { what: 'Go’s toolchain', mb: 215 },
  { what: 'Left behind by the build', mb: 85.4 },
  { what: 'The program', mb: 3.6 },
] as const;

/** How many times as large the single-stage image is, as a whole number from ten up. */
export function timesAsLarge({ singleMB, multiMB }: { readonly singleMB: number; readonly multiMB: number }): string {
  const ratio = singleMB / multiMB;
  return ratio >= 10 ? String(Math.round(ratio)) : ratio.toFixed(1);
}
