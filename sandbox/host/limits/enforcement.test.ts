import { expect, test } from 'vitest';
import { enforcement, LIMITS, whyNotOpen, type Limit } from './enforcement.ts';

const all = { memory: true, cpus: true, pids: true };
const none = { memory: false, cpus: false, pids: false };
const host = (limits: typeof all, rootless = true) => ({ limits, rootless, cgroup: 'v1, cgroupfs' });
const unheld = (of: Parameters<typeof enforcement>[0], kernel = '6.18.44') => {
  const held = enforcement(of, kernel);
  return LIMITS.filter((limit) => held[limit].by === undefined);
};

test('what holds a limit: control groups, the kernel by session, disks of their own, a proxy', () => {
  expect(unheld({ facts: host(all), disks: true, egress: 'list' })).toEqual([]);
  expect(unheld({ facts: host(none), disks: true, egress: 'none' })).toEqual(['memory', 'cpus']);
  expect(unheld({ facts: host(none), disks: false, egress: 'open' }, '6.13.0')).toEqual([...LIMITS]);
  expect(unheld({ facts: host(none, false), disks: true, egress: 'list' })).toContain('pids');
  expect(unheld({ facts: host(none), disks: true, egress: 'list' }, '7.0.1')).not.toContain('pids');
});

test('strangers are let in where every limit is held, or named as not', () => {
  const held = enforcement({ facts: host(none), disks: true, egress: 'list' }, '6.18.44');
  const open = (...unenforced: Limit[]) => whyNotOpen({ access: 'open', unenforced }, held);
  expect(whyNotOpen({ access: 'local', unenforced: [] }, held)).toBeUndefined();
  expect(open('memory', 'cpus')).toBeUndefined();
  expect(open('cpus', 'disk')).toMatch(/^ {2}memory: .*\n"npm run doctor".*\n {2}SLIPWAY_UNENFORCED="memory cpus"$/m);
  expect(open('cpus', 'disk')).not.toMatch(/^ {2}cpus:/m);
});
