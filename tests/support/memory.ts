/** The memory of a session's processes, as the kernel counts it. */
import type { Container } from 'dockerode';
import { run } from '../../sandbox/engine/exec.ts';

/** Bytes: `own` is memory that no file stands for, `mapped` what is in memory of the files it maps. */
export type Memory = { command: string; own: number; mapped: number };

/** Prints each process's command and its figures in kB, but its own; a process that has ended meanwhile has none. */
const LOOK = `for p in /proc/[0-9]*; do
  [ "$p" != "/proc/$$" ] && read -r name <$p/comm || continue
  while read -r what kb rest; do
    case $what in Rss:) rss=$kb ;; Pss_Anon:) own=$kb ;; Anonymous:) echo "$own $((rss - kb)) $name" ;; esac
  done <$p/smaps_rollup || [ ! -e $p ] || exit 1
done 2>/dev/null`;

/**
 * The memory of each process in a container. Asked inside, where one may look into all of them whoever runs the tests.
 * @throws Error when one cannot be looked into
 */
export async function memoryOf(container: Container): Promise<Memory[]> {
  const { code, stdout } = await run(container, ['/bin/sh', '-c', LOOK]);
  if (code !== 0) throw new Error('a process could not be looked into');
  const all = stdout
    .toString()
    .trim()
    .split('\n')
    .map((line) => {
      const [own = 0, mapped = 0] = line.split(' ', 2).map((kb) => Number(kb) * 1024);
      return { command: line.split(' ').slice(2).join(' '), own, mapped };
    });
  return all.sort((a, b) => b.own - a.own);
}

/**
 * Megabytes of a session's processes together, where so many sessions share what can be shared: programs and libraries, which all of them
 * map from the same files. It is the proportional set size each session would have; processes of one name map the same files.
 */
export function megabytesAmong(sessions: number, all: readonly Memory[]): number {
  const files = new Map<string, number>();
  for (const { command, mapped } of all) files.set(command, Math.max(mapped, files.get(command) ?? 0));
  const shared = [...files.values()].reduce((sum, bytes) => sum + bytes, 0);
  return all.reduce((sum, { own }) => sum + own, shared / sessions) / 1e6;
}
