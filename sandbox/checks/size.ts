/** Sizes in words, as `docker images` rounds them: three digits, decimal units. */

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/**
 * @param bytes 0 or more
 * @returns for example `945 MB` or `3.59 MB`
 */
export function sizeOf(bytes: number): string {
  let value = bytes;
  let unit = 0;
  // What would be shown as 1000 is one of the next unit.
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? Math.round(value) : value.toPrecision(3)} ${UNITS[unit] ?? ''}`;
}

/** Milliseconds in words: `740 ms`, `7.0 s`. */
export function timeOf(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
