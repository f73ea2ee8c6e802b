/** Sizes that prose and pictures quote, in decimal MB, each with where it comes from. */

/** Both images as `docker image inspect` gave them in a session: Docker 26.1, Go 1.26.8, a stand-in for the golang image. */
export const measured = {
  singleMB: 945,
  multiMB: 3.6,
  how: 'Measured with Go 1.26.8 on a golang image we put together from Debian’s packages and Go’s toolchain.',
} as const;

/** What the single-stage image is made of, by `docker history`. The last is the program itself. */
export const cargo = [
  { what: 'Debian', mb: 120 },
  { what: 'Compilers, git and other packages', mb: 521 },
  { what: 'Go’s toolchain', mb: 215 },
  { what: 'Left behind by the build', mb: 85.4 },
  { what: 'The program', mb: 3.6 },
] as const;
