/** The verdicts as a table for people. */
import type { Probe } from './probe.ts';
import type { Verdict } from './siege.ts';

const ATTACKERS = ['shell', 'own root', 'container', 'beside', 'joined', 'host'];

/** One line a probe: held or CROSSED for each place it was tried from. */
export function table(probes: readonly Probe[], verdicts: readonly Verdict[]): string {
  const width = Math.max(...probes.map(({ name }) => name.length));
  const lines = probes.map(({ name, control }) => {
    const cells = ATTACKERS.map((attacker) => {
      const verdict = verdicts.find((one) => one.probe === name && one.attacker === attacker);
      return (verdict === undefined ? 'n/a' : verdict.crossed === undefined ? 'held' : 'CROSSED').padEnd(10);
    });
    const why = typeof control === 'string' ? '' : `no control: ${control.none}`;
    return `${name.padEnd(width)}  ${cells.join('')}${why}`;
  });
  return [`${'probe'.padEnd(width)}  ${ATTACKERS.map((one) => one.padEnd(10)).join('')}`, ...lines].join('\n');
}
