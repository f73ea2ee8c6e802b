/** Sizes that prose and pictures quote, in decimal MB, each with where it comes from. */

/** Measured with Docker 26.1 and Go 1.26 on a stand-in for the golang image: Debian trixie with that image's packages and Go's own toolchain. */
export const measured = {
  singleMB: 787,
  multiMB: 3.59,
  how: 'Measured with Go 1.26 on a golang image we put together from Debian’s packages and Go’s toolchain.',
} as const;

/** What the 787 MB are made of. The last is the program itself. */
export const cargo = [
  { what: 'Debian', mb: 120 },
  { what: 'Compilers, git and other packages', mb: 400 },
  { what: 'Go’s toolchain', mb: 215 },
  { what: 'Left behind by the build', mb: 48.41 },
  { what: 'The program', mb: 3.59 },
] as const;
