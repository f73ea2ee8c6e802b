/** One step of a preparation: a command in the workspace, as the reader would run it. It ends with its connection, in any case. */
import type { Container } from 'dockerode';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { execStream } from '../../engine/exec.ts';
import { HOME } from '../../world/shape.ts';
import { NewestLine } from './newest-line.ts';
import { PrepareFailed } from './workspace.ts';

/** Milliseconds between two looks at the output; what a program writes faster waits in the session. */
const EVERY_MS = 100;

/**
 * Runs $1 for at most $0 seconds in a process group of its own and writes its exit code to standard error. When standard input ends, which
 * it does with the connection, the group is told to end, and killed 5 s later.
 */
const SUPERVISE = `cd "$HOME/workspace" || { echo 1 >&2; exit; }
exec 3<&0
/usr/bin/timeout -k 5 "$0" /bin/bash -c "$1" </dev/null 2>&1 3<&- &
step=$!
(while read -r _; do :; done <&3; kill -TERM "$step") >/dev/null 2>&1 &
watch=$!
wait "$step"
code=$?
kill "$watch" 2>/dev/null
echo "$code" >&2`;

/**
 * Carries out a command.
 * @param says gets the newest line of output, at most ten times a second
 * @throws PrepareFailed with its last words when it does not end with 0; AbortError; what dockerode throws
 */
export async function carryOut(
  container: Container,
  command: string,
  { seconds, says, signal }: { seconds: number; says: (line: string) => void; signal: AbortSignal },
): Promise<void> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout((seconds + 10) * 1000)]);
  const stream = await execStream(container, ['/bin/sh', '-c', SUPERVISE, String(seconds), command], {
    env: [`HOME=${HOME}`],
    signal: limit,
  });
  const abort = () => stream.destroy(new DOMException('The step was given up.', 'AbortError'));
  limit.addEventListener('abort', abort, { once: true });
  if (limit.aborted) abort();
  // Rejects when the stream breaks or is given up, whatever is waited for at that moment.
  const over = finished(stream, { writable: false });
  over.catch(() => undefined);
  stream.on('error', () => undefined);
  const newest = new NewestLine();
  try {
    let last = '';
    while (!stream.readableEnded) {
      const bytes = stream.read() as Buffer | null;
      if (!bytes) {
        await Promise.race([once(stream, 'readable'), over]);
        continue;
      }
      const line = newest.push(bytes);
      if (line !== last && line !== '') says((last = line));
      await sleep(EVERY_MS, undefined, { signal: limit });
    }
    await over;
  } finally {
    limit.removeEventListener('abort', abort);
    stream.destroy();
  }
  const code = Number(stream.stderr.trim() || NaN);
  if (code === 124) throw new PrepareFailed(`It took longer than ${seconds} s and was given up.`);
  if (code !== 0) throw new PrepareFailed(newest.text || 'It failed without a word.');
}
