/** The connection's output into xterm's parser, in order: what is cleared or skipped passes through it as well. */
import type { Sink } from '../connection/attachment.ts';

/** What is needed of a terminal; xterm's browser and headless builds both have it. */
export type Parser = {
  readonly cols: number;
  readonly rows: number;
  write: (data: string | Uint8Array, parsed?: () => void) => void;
};

/** RIS, "reset to initial state": https://invisible-island.net/xterm/ctlseqs/ctlseqs.html. As bytes, so that half a character before it is cut off too. */
const RESET = Uint8Array.of(0x1b, 0x63);
/** CAN ends a sequence that was cut in half; then plain text. */
const CUT = '\x18\x1b[0m';

export function xtermSink(terminal: Parser): Sink {
  return {
    write: (bytes, parsed) => terminal.write(bytes, parsed),
    clear: () => terminal.write(RESET),
    skipped: (bytes, parsed) =>
      terminal.write(
        bytes > 0
          ? `${CUT}\r\n\x1b[7m ${bytes.toLocaleString('en')} bytes of output are no longer kept \x1b[0m\r\n`
          : '',
        parsed,
      ),
    size: () => ({ cols: terminal.cols, rows: terminal.rows }),
  };
}
