/** The calculator's fields, its examples, and what it answers: pure, used by the build and by the browser. */
import { pull, showBytes, showSeconds } from './fleet.ts';

export interface Values {
  readonly nodes: number;
  readonly replicas: number;
  readonly largeMB: number;
  readonly smallMB: number;
  readonly nodeMbps: number;
  readonly registryMbps: number;
}

interface Field {
  readonly name: keyof Values;
  readonly label: string;
  readonly unit: string;
  readonly most: number;
}

export const fields: readonly Field[] = [
  { name: 'nodes', label: 'Fresh nodes', unit: '', most: 100_000 },
  { name: 'replicas', label: 'Replicas', unit: '', most: 1_000_000 },
  { name: 'largeMB', label: 'Large image', unit: 'MB', most: 100_000 },
  { name: 'smallMB', label: 'Small image', unit: 'MB', most: 100_000 },
  { name: 'nodeMbps', label: 'Link of a node', unit: 'Mbit/s', most: 1_000_000 },
  { name: 'registryMbps', label: 'Link of the registry', unit: 'Mbit/s', most: 10_000_000 },
];

const cluster = { largeMB: 800, smallMB: 3, nodeMbps: 1000, registryMbps: 10_000 };

export const presets = [
  { name: '100 nodes × 800 MB', values: { ...cluster, nodes: 100, replicas: 500 } },
  { name: '10 nodes × 800 MB', values: { ...cluster, nodes: 10, replicas: 10 } },
  { name: 'One laptop on hotel Wi-Fi', values: { ...cluster, nodes: 1, replicas: 1, nodeMbps: 10 } },
] as const satisfies readonly { name: string; values: Values }[];

export interface Row {
  readonly key: string;
  readonly label: string;
  readonly large: string;
  readonly small: string;
  /** The small image's amount as a part of the large one's, at most 1. */
  readonly share: number;
}

/** What both images cost this fleet, ready to show. Throws as `pull` does. */
export function answer(values: Values): { rows: readonly Row[]; sentence: string } {
  const { nodes, replicas, nodeMbps, registryMbps } = values;
  const fleet = { nodes, replicas, nodeMbps, registryMbps };
  const large = pull({ ...fleet, imageMB: values.largeMB });
  const small = pull({ ...fleet, imageMB: values.smallMB });
  const row = (key: string, label: string, a: number, b: number, show: (value: number) => string): Row => ({
    key,
    label,
    large: show(a),
    small: show(b),
    share: Math.min(1, b / a),
  });
  const who = large.pulls === 1 ? 'One node pulls' : `${large.pulls} nodes pull`;
  return {
    rows: [
      row('each', 'Each node pulls', large.bytesEach, small.bytesEach, showBytes),
      row('all', 'The registry sends', large.bytesAll, small.bytesAll, showBytes),
      row('wait', 'The last node has it after', large.seconds, small.seconds, showSeconds),
    ],
    sentence:
      `${who} ${showBytes(large.bytesAll)} or ${showBytes(small.bytesAll)}. ` +
      `The wait is ${showSeconds(large.seconds)} or ${showSeconds(small.seconds)}` +
      (large.limit === 'registry' ? ', and the registry’s link is what holds it up.' : '.'),
  };
}
