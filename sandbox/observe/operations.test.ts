/** What is written for the person on call holds: every metric, alert and setting is there, and none that is not. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { environment } from '../config/env.ts';
import { parseExposition, type Family } from './exposition.testing.ts';
import { createMetrics } from './metrics.ts';

const read = (path: string) => readFileSync(new URL(`../../docs/${path}`, import.meta.url), 'utf8');

const metrics = createMetrics();
const own = parseExposition(await metrics.text());
metrics.measureProcess();
const families = parseExposition(await metrics.text());

const rules = z.object({
  groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string() })) })),
});
const target = z.object({ expr: z.string(), datasource: z.object({ type: z.literal('prometheus'), uid: z.string() }) });
const place = z.object({ x: z.int().min(0), y: z.int().min(0), w: z.int().min(1).max(24), h: z.int().min(1) });
const dashboard = z.object({
  schemaVersion: z.int().min(36),
  templating: z.object({ list: z.array(z.object({ name: z.string(), type: z.string(), query: z.string() })) }),
  panels: z.array(
    z.object({
      id: z.int(),
      title: z.string().min(1),
      type: z.enum(['row', 'timeseries', 'stat']),
      gridPos: place,
      targets: z.array(target).optional(),
    }),
  ),
});

const manual = read('operations.md');
const alerts = rules.parse(parse(read('prometheus/alerts.yml'))).groups.flatMap((group) => group.rules);
const board = dashboard.parse(JSON.parse(read('grafana/slipway.json')));
const panels = board.panels.filter(({ type }) => type !== 'row');

/** The metrics a PromQL expression reads, each with the labels it names. */
function readBy(expr: string): { name: string; labels: [string, string][]; by: string[] }[] {
  const by = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(',').map((l) => l.trim()));
  return [...expr.matchAll(/\b((?:slipway|process|nodejs)_[a-z0-9_]+)(?:\{([^}]*)\})?/g)].map(
    ([, name = '', list = '']) => ({
      name,
      by,
      labels: [...list.matchAll(/(\w+)="([^"]*)"/g)].map(([, label = '', value = '']): [string, string] => [
        label,
        value,
      ]),
    }),
  );
}

/** The family that has series of this name. */
function familyOf(name: string): Family | undefined {
  const whole = families.get(name);
  if (whole) return whole.type === 'histogram' ? undefined : whole;
  const base = families.get(name.replace(/_(bucket|sum|count)$/, ''));
  return base?.type === 'histogram' ? base : undefined;
}

function checkExpression(expr: string): void {
  const used = readBy(expr);
  for (const { name, labels, by } of used) {
    const family = familyOf(name);
    expect(family, `${name} in ${expr}`).toBeDefined();
    for (const [label, value] of labels) {
      if (label === 'job') expect(value).toBe('slipway');
      else
        expect(
          family?.samples.some((one) => one.labels[label] === value),
          `${label}="${value}"`,
        ).toBe(true);
    }
    for (const label of by)
      expect(
        family?.samples.some((one) => label in one.labels),
        `by ${label} in ${expr}`,
      ).toBe(true);
    if (/_total$|_bucket$/.test(name)) expect(expr).toMatch(/rate\(|increase\(/);
  }
}

describe('docs/operations.md', () => {
  const named = [...manual.matchAll(/^\| `([a-z_]+)(?:\{([a-z,]+)\})?`/gm)].map(([, name = '', labels = '']) => ({
    name,
    labels,
  }));

  it('says of every metric of ours, and of no other, what it means and what to do', () => {
    const ours = named.filter(({ name }) => name.startsWith('slipway_'));
    expect(ours.map(({ name }) => name).sort()).toEqual([...own.keys()].sort());
    for (const { name, labels } of ours) {
      const family = own.get(name);
      const has = Object.keys(family?.type === 'histogram' ? {} : (family?.samples[0]?.labels ?? {}));
      expect([name, labels]).toEqual([name, has.join(',')]);
    }
    for (const line of manual.split('\n').filter((text) => text.startsWith('| `slipway_')))
      expect(
        line.split(/(?<!\\)\|/).filter((cell) => cell.trim() !== ''),
        line,
      ).toHaveLength(4);
  });

  it('names the process’s by names there are', () => {
    const process = named.filter(({ name }) => /^(process|nodejs)_/.test(name));
    expect(process.length).toBeGreaterThan(4);
    for (const { name } of process) expect(familyOf(name), name).toBeDefined();
  });

  it('mentions nothing that is not there', () => {
    for (const [, name = ''] of manual.matchAll(/\b(slipway_[a-z_]+)/g)) expect(own.has(name), name).toBe(true);
    for (const [, name = ''] of manual.matchAll(/\b(SLIPWAY_[A-Z_]+)/g))
      expect(name in environment.shape, name).toBe(true);
  });

  it('has every setting with its default', () => {
    const defaults = environment.parse({}) as Record<string, unknown>;
    const rows = new Map(
      [...manual.matchAll(/^\| `([A-Z][A-Z_]+)` +\| (.*?) +\|/gm)].map(([, name = '', as = '']) => [name, as]),
    );
    expect([...rows.keys()].sort()).toEqual(Object.keys(environment.shape).sort());
    for (const [name, as] of rows) {
      const value = defaults[name];
      if (typeof value === 'boolean') expect([name, as]).toEqual([name, `\`${Number(value)}\``]);
      else if (typeof value === 'number' || typeof value === 'string')
        expect([name, as]).toEqual([name, `\`${value}\``]);
      else expect(as, name).not.toMatch(/^`[^/]/);
    }
  });

  it('says of every alert where to look first', () => {
    const told = [...manual.matchAll(/^\| `(Slipway[A-Za-z]+)`/gm)].map(([, alert]) => alert);
    expect(told.sort()).toEqual(alerts.map(({ alert }) => alert).sort());
  });
});

describe('the alerts', () => {
  it('read what there is', () => {
    for (const { expr } of alerts) {
      expect(readBy(expr).length + Number(expr.startsWith('up{')), expr).toBeGreaterThan(0);
      checkExpression(expr);
    }
  });
});

describe('the dashboard', () => {
  it('reads what there is, from the data source that is chosen', () => {
    expect(board.templating.list[0]).toMatchObject({ name: 'DS', type: 'datasource', query: 'prometheus' });
    for (const { title, targets = [] } of panels) {
      expect(targets.length, title).toBeGreaterThan(0);
      for (const { expr, datasource } of targets) {
        expect(datasource.uid).toBe('${DS}');
        expect(readBy(expr).length, expr).toBeGreaterThan(0);
        checkExpression(expr);
      }
    }
  });

  it('shows every metric of ours somewhere', () => {
    const shown = new Set(
      panels.flatMap(({ targets = [] }) =>
        targets.flatMap(({ expr }) => readBy(expr).map(({ name }) => name.replace(/_bucket$/, ''))),
      ),
    );
    expect([...own.keys()].filter((name) => !shown.has(name))).toEqual([]);
  });

  it('is grouped, and no panel lies on another', () => {
    expect(board.panels.filter(({ type }) => type === 'row').map(({ title }) => title)).toEqual([
      'Readers',
      'Speed',
      'Host',
      'Refusals',
    ]);
    expect(new Set(board.panels.map(({ id }) => id)).size).toBe(board.panels.length);
    const cells = new Set<string>();
    for (const { gridPos: at, title } of board.panels)
      for (let x = at.x; x < at.x + at.w; x++)
        for (let y = at.y; y < at.y + at.h; y++) {
          expect(cells.has(`${x},${y}`), title).toBe(false);
          cells.add(`${x},${y}`);
        }
  });
});
