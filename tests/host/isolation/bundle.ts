/** Many attempts as one script, run at once, and what each of them printed. */
import type { Probe } from './probe.ts';
import { BASES, TOOLS } from './tools.ts';

/** Seconds an attempt may take: longer than what waits inside it. */
const PATIENCE = 30;

const encoded = (text: string) => Buffer.from(text).toString('base64');

/** A script that makes all attempts side by side and prints `name base64` for each. @param targets variables it is given */
export function bundle(
  attempts: readonly { name: string; attempt: string }[],
  targets: Record<string, string>,
): string {
  const variables = Object.entries(targets).map(([name, value]) => `export ${name}='${value}'`);
  const lines = attempts.map(({ name, attempt }, index) => {
    const one = encoded(`${TOOLS}\ncd "$room"\n${attempt}`);
    return `{ mkdir $d/${index}; echo ${one} | base64 -d >$d/${index}.sh; room=$d/${index} bases=$d/bases timeout -k 1 ${PATIENCE} bash $d/${index}.sh </dev/null >$d/${index}.out 2>&1
echo "${encoded(name)} $SECONDS $(head -c 4000 $d/${index}.out | base64 -w0)" >$d/${index}.said; } &`;
  });
  return [
    ...variables,
    'd=$(mktemp -d)',
    `${BASES} >$d/bases`,
    ...lines,
    'wait',
    'cat $d/*.said',
    'rm -rf $d 2>/dev/null; true',
  ].join('\n');
}

/** @throws Error when an attempt said nothing of itself, which would pass for a wall that held */
export function outputs(printed: string, attempts: readonly Pick<Probe, 'name'>[]): Map<string, string> {
  const said = new Map<string, string>();
  for (const line of printed.split('\n')) {
    const [name, , output] = line.trim().split(' ');
    if (name) said.set(Buffer.from(name, 'base64').toString(), Buffer.from(output ?? '', 'base64').toString());
  }
  const silent = attempts.filter(({ name }) => !said.has(name));
  if (silent.length > 0)
    throw new Error(`attempts that did not run: ${silent.map(({ name }) => name).join(', ')}\n${printed.slice(-2000)}`);
  return said;
}
