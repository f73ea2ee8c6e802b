/** What is mounted here. */
import { readFile } from 'node:fs/promises';

export type Mount = { at: string; shared: boolean };

/** Mounts at and below a directory, deepest last; source of the format: proc_pid_mountinfo(5). */
export async function mountsBelow(directory: string): Promise<Mount[]> {
  return parseMounts(await readFile('/proc/self/mountinfo', 'utf8')).filter(
    ({ at }) => at === directory || at.startsWith(`${directory}/`),
  );
}

export function parseMounts(mountinfo: string): Mount[] {
  return mountinfo
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [before = ''] = line.split(' - ');
      const [, , , , at = '', , ...optional] = before.split(' ');
      const plain = at.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)));
      return { at: plain, shared: optional.some((field) => field.startsWith('shared:')) };
    });
}
