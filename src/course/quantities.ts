/** Quantities as the course writes them. */

/** A size in decimal units: `945 MB`, `3.60 MB`, `0.82 MB`, `1.06 kB`. Three figures, and megabytes from a tenth of one on, so that images compare. */
export function sizeText(bytes: number): string {
  if (bytes >= 1e9) return `${threeFigures(bytes / 1e9)} GB`;
  if (bytes >= 1e6) return `${threeFigures(bytes / 1e6)} MB`;
  if (bytes >= 1e5) return `${(bytes / 1e6).toFixed(2)} MB`;
  if (bytes >= 1e3) return `${threeFigures(bytes / 1e3)} kB`;
  return `${bytes} bytes`;
}

/** A duration: `62 ms`, `7.0 s`, `12 s`, `2 min 5 s`. */
export function durationText(ms: number): string {
  if (ms < 995) return `${Math.round(ms)} ms`;
  if (ms < 9_950) return `${(ms / 1e3).toFixed(1)} s`;
  const seconds = Math.round(ms / 1e3);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** How many times as large, as people say it: a whole number from ten up. */
export function timesText(ratio: number): string {
  return ratio >= 10 ? String(Math.round(ratio)) : ratio.toFixed(1);
}

function threeFigures(value: number): string {
  const whole = Math.floor(Math.log10(value)) + 1;
  return value.toFixed(Math.max(0, 3 - whole));
}
