/** The report as a table for people. */
import type { Finding, Holds } from './finding.ts';

const MARKS: Record<Holds, string> = { yes: '✓', no: '✗', part: '!', unknown: '?' };

/**
 * One row each: mark, what, what was found; below it the line that would mend it.
 * @param width columns to keep within, where words allow
 */
export function table(findings: readonly Finding[], width: number): string {
  const first = Math.max(...findings.map(({ what }) => what.length));
  const indent = ' '.repeat(first + 6);
  const rows = findings.map(({ what, holds, found, mend }) => {
    const words = wrap(found, Math.max(30, width - indent.length));
    const row = `${MARKS[holds]}  ${what.padEnd(first)}   ${words.join(`\n${indent}`)}`;
    return mend === undefined ? row : `${row}\n${indent}→ ${mend}`;
  });
  return [
    ...rows,
    '',
    '✓ enforced or present   ! in part   ✗ not   ? not to be seen from here   → the line that mends it',
  ].join('\n');
}

function wrap(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}
