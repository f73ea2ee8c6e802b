/** For tests: reads Prometheus' text format strictly, and fails on whatever it does not allow. */

export type Sample = { name: string; labels: Record<string, string>; value: number };
export type Family = { type: string; help: string; samples: Sample[] };

const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/;
const SUFFIXES = ['', '_bucket', '_sum', '_count'];

/** @throws Error naming the line that is wrong */
export function parseExposition(text: string): Map<string, Family> {
  if (!text.endsWith('\n')) throw new Error('it must end with a line feed');
  const families = new Map<string, Family>();
  const seen = new Set<string>();
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const wrong = (why: string) => new Error(`${why}: ${line}`);
    const [, what, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
    if (what === 'HELP') {
      if (families.has(name)) throw wrong('a family comes once');
      families.set(name, { help: rest, type: '', samples: [] });
    } else if (what === 'TYPE') {
      const family = families.get(name);
      if (!family || family.type !== '') throw wrong('TYPE follows HELP');
      if (!['counter', 'gauge', 'histogram', 'summary'].includes(rest)) throw wrong('no such type');
      family.type = rest;
    } else {
      const sample = readSample(line, wrong);
      const key = `${sample.name}${JSON.stringify(sample.labels)}`;
      if (seen.has(key)) throw wrong('a series comes once');
      seen.add(key);
      const newest = [...families].at(-1);
      if (!newest || !SUFFIXES.some((suffix) => newest[0] + suffix === sample.name)) throw wrong('of no family');
      newest[1].samples.push(sample);
    }
  }
  return families;
}

function readSample(line: string, wrong: (why: string) => Error): Sample {
  const [, name, list = '', number] = SAMPLE.exec(line) ?? [];
  if (name === undefined || number === undefined) throw wrong('not a sample');
  const labels: Record<string, string> = {};
  for (let rest = list; rest !== '';) {
    const [whole, label, value] = LABEL.exec(rest) ?? [];
    if (whole === undefined || label === undefined || value === undefined || label in labels) throw wrong('labels');
    labels[label] = value;
    rest = rest.slice(whole.length);
  }
  const value = number === '+Inf' ? Infinity : Number(number);
  // As Go reads numbers: case does not matter.
  if (Number.isNaN(value) && number.toLowerCase() !== 'nan') throw wrong('not a number');
  return { name, labels, value };
}
