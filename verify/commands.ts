/** Does a command do what its lesson says? Typed, timed, compared. */
import type { LessonCommand } from '../src/course/lesson-source.ts';
import { drawn, fullScreen, plain } from './screen.ts';
import { Unfinished, type Typed, type Typist } from './typist.ts';

/** Milliseconds a command may take. */
export const COMMAND_MS = 10 * 60_000;
/** Lines of the output that a failure shows. */
const SHOWN = 20;
/** Characters of output that are kept. */
const OUTPUT_MOST = 12_000;

export interface Ran {
  readonly typed: Typed;
  /** The screen at the end. */
  readonly output: string;
  /** From named groups. */
  readonly figures: Readonly<Record<string, string>>;
}
export type Verdict = { readonly ran: Ran; readonly wrong?: undefined } | { readonly wrong: string };

/** Types a command and compares exit code and output with what its author expects. @returns what is wrong, in words, when anything is */
export async function tryCommand(typist: Typist, command: LessonCommand): Promise<Verdict> {
  let typed: Typed;
  try {
    typed = await typist.run(command, COMMAND_MS);
  } catch (error) {
    if (!(error instanceof Unfinished)) throw error;
    return { wrong: `${error.message}\n${tail(await drawn(error.output))}` };
  }
  const raw = typed.pieces.map(({ text }) => text).join('');
  const output = await drawn(raw);
  const text = fullScreen(raw) ? `${output}\n${plain(raw)}` : output;
  if (typed.exit !== command.exit) {
    return { wrong: `expected exit code ${command.exit}, received ${typed.exit}\n${tail(output)}` };
  }
  const figures: Record<string, string> = {};
  for (const pattern of [command.expect].flat()) {
    const found = new RegExp(pattern, 'm').exec(text);
    if (!found) return { wrong: `expected /${pattern}/, received (exit code ${typed.exit})\n${tail(text)}` };
    Object.assign(figures, found.groups);
  }
  return { ran: { typed, output: shortened(output), figures } };
}

function tail(text: string): string {
  const lines = text.split('\n');
  return (lines.length > SHOWN ? ['…', ...lines.slice(-SHOWN)] : lines).map((line) => `    │ ${line}`).join('\n');
}

/** Keeps the beginning and the end of long output. */
function shortened(output: string): string {
  if (output.length <= OUTPUT_MOST) return output;
  const lines = output.split('\n');
  const half = OUTPUT_MOST / 2;
  let first = 0;
  let last = lines.length;
  for (let used = 0; first < last && (used += (lines[first] ?? '').length + 1) <= half; first++);
  for (let used = 0; last > first && (used += (lines[last - 1] ?? '').length + 1) <= half; last--);
  return [...lines.slice(0, first), `[${last - first} lines left out]`, ...lines.slice(last)].join('\n');
}
