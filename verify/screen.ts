/** What output looks like in a terminal once it has been drawn: text, line by line, as a reader sees it. */
import headless from '@xterm/headless';

export const COLS = 100;
export const ROWS = 30;

/**
 * Draws output on an empty screen.
 * @returns the screen with everything that scrolled away above it; wrapped lines are one, empty ones at the end left out
 */
export async function drawn(output: string): Promise<string> {
  const terminal = new headless.Terminal({ cols: COLS, rows: ROWS, scrollback: 20_000, allowProposedApi: true });
  await new Promise<void>((resolve) => terminal.write(output, resolve));
  const lines: string[] = [];
  const buffer = terminal.buffer.normal;
  for (let row = 0; row < buffer.length; row++) {
    const line = buffer.getLine(row);
    const text = line?.translateToString(true) ?? '';
    if (line?.isWrapped) lines.push((lines.pop() ?? '') + text);
    else lines.push(text);
  }
  terminal.dispose();
  return lines.join('\n').trimEnd();
}

const ESCAPES = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-~])/g;

/** The text in output, without what colours it or moves the cursor. */
export function plain(output: string): string {
  return output.replaceAll(ESCAPES, '').replaceAll('\r\n', '\n');
}

/** Whether a program took the whole screen: what it showed is gone when it has ended. */
export function fullScreen(output: string): boolean {
  return output.includes('\x1b[?1049h');
}
