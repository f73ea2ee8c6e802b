/**
 * What a session may ask of fcntl(2), by number; source: asm-generic/fcntl.h and linux/fcntl.h.
 * Leases, delegations and directory notices are left out: they work on the file itself, whoever has it open, so a lease on a file of the
 * golden store would hold up every other session that opens it (45 s each time).
 */
export const FCNTL_COMMANDS: readonly number[] = [
  // Descriptors and their flags.
  0, 1, 2, 3, 4, 1030,
  // Locks, of a process and of an open file.
  5, 6, 7, 36, 37, 38, 1029,
  // Who is signalled, and how.
  8, 9, 10, 11, 15, 16, 17,
  // Whether there is a lease; whether two descriptors are one file; whether it was just made.
  1025, 1027, 1028,
  // Pipe sizes, seals of memory files, hints.
  1031, 1032, 1033, 1034, 1035, 1036, 1037, 1038,
];
