/** Two versions of a file as one text, with the lines that went and the lines that came. */
import { diffLines } from 'diff';

export interface LineDiff {
  readonly text: string;
  /** Lines of `text`, from 1. */
  readonly removed: readonly number[];
  readonly added: readonly number[];
}

export function lineDiff(before: string, after: string): LineDiff {
  const lines: string[] = [];
  const removed: number[] = [];
  const added: number[] = [];
  for (const part of diffLines(withEnd(before), withEnd(after))) {
    for (const line of part.value.replace(/\n$/, '').split('\n')) {
      lines.push(line);
      if (part.removed) removed.push(lines.length);
      if (part.added) added.push(lines.length);
    }
  }
  return { text: lines.join('\n'), removed, added };
}

/** "3 lines come, 1 line goes." */
export function diffText({ removed, added }: Pick<LineDiff, 'removed' | 'added'>): string {
  const lines = (count: number) => (count === 1 ? '1 line' : `${count} lines`);
  if (removed.length + added.length === 0) return 'No line differs.';
  return `${lines(added.length)} added, ${lines(removed.length)} taken out.`;
}

function withEnd(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
