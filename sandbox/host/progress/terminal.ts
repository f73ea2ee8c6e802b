/** Steps shown on a terminal, with a moving line each, or as plain lines where output is not a terminal. */
import { stripVTControlCharacters } from 'node:util';
import type { Say, Steps } from './steps.ts';

const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
/** Milliseconds between redraws of a terminal, and between the details of one step in plain output. */
const REDRAW_MS = 120;
const PLAIN_EVERY_MS = 5_000;

export type Screen = Pick<NodeJS.WriteStream, 'write'> & { isTTY?: boolean; columns?: number };
type Running = { title: string; detail: string; since: number };

/**
 * @param screen where it is shown; a terminal is redrawn, anything else gets lines
 * @param now milliseconds, to tell how long a step takes
 */
export function showSteps(screen: Screen, now: () => number): Steps {
  return screen.isTTY === true ? redrawn(screen, now) : plain(screen, now);
}

function plain(screen: Screen, now: () => number): Steps {
  return {
    note: (line) => void screen.write(`  ${line}\n`),
    async step(title, work) {
      const since = now();
      let told = since;
      screen.write(`· ${title}\n`);
      const say: Say = (detail) => {
        if (now() - told < PLAIN_EVERY_MS) return;
        told = now();
        screen.write(`  ${title}: ${printable(detail)} (${seconds(now() - since)})\n`);
      };
      return finish(work(say), (mark) => screen.write(`${mark} ${title} (${seconds(now() - since)})\n`));
    },
  };
}

function redrawn(screen: Screen, now: () => number): Steps {
  const running = new Set<Running>();
  let drawn = 0;
  let frame = 0;
  let timer: NodeJS.Timeout | undefined;
  const clear = () => {
    if (drawn > 0) screen.write(`\x1b[${drawn}A\x1b[0J`);
    drawn = 0;
  };
  const draw = () => {
    clear();
    frame = (frame + 1) % SPINNER.length;
    for (const { title, detail, since } of running) {
      const line = `${SPINNER[frame] ?? ''} ${title} ${seconds(now() - since)}${detail ? `  ${detail}` : ''}`;
      screen.write(`${line.slice(0, (screen.columns ?? 80) - 1)}\n`);
      drawn++;
    }
  };
  const stay = (line: string) => {
    clear();
    screen.write(`${line}\n`);
    draw();
  };
  return {
    note: (line) => stay(`  ${line}`),
    async step(title, work) {
      const own: Running = { title, detail: '', since: now() };
      running.add(own);
      timer ??= setInterval(draw, REDRAW_MS);
      const done = (mark: string) => {
        running.delete(own);
        if (running.size === 0) {
          clearInterval(timer);
          timer = undefined;
        }
        stay(`${mark} ${title} (${seconds(now() - own.since)})`);
      };
      return finish(
        work((detail) => (own.detail = printable(detail))),
        done,
      );
    },
  };
}

async function finish<T>(work: Promise<T>, done: (mark: string) => unknown): Promise<T> {
  try {
    const result = await work;
    done('✓');
    return result;
  } catch (error) {
    done('✗');
    throw error;
  }
}

/** Details are other programs' words: their colours and cursor movements stay out. */
function printable(detail: string): string {
  return stripVTControlCharacters(detail).replace(/\p{Cc}+/gu, ' ');
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
