/** Marks that tell a process from a later one with the same number. */
import { readFileSync } from 'node:fs';

export type ProcessMark = { pid: number; started: string };

/** A process's mark; undefined when there is none of that number. Outside Linux the number alone counts. */
export function markOf(pid: number): ProcessMark | undefined {
  if (process.platform !== 'linux') return signalled(pid) ? { pid, started: '' } : undefined;
  try {
    // Field 22, start time in clock ticks since boot, after the name in parentheses; source: proc_pid_stat(5).
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    const [state, started] = [fields[0], fields[19]];
    return state === 'Z' || started === undefined ? undefined : { pid, started };
  } catch {
    return undefined;
  }
}

/** Whether the marked process is still there. */
export function alive(mark: ProcessMark): boolean {
  return markOf(mark.pid)?.started === mark.started;
}

function signalled(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
