import { expect, test } from 'vitest';
import type { Usage } from '../../../sandbox/protocol/usage.ts';
import { attention, Crossings, metersFor, timeText } from './meters.ts';

const time = { leftMs: 3_600_000, extendMs: 0 };
const disk = (used: number, of?: number): Usage => ({ disk: { used, ...(of ? { of } : {}) }, time });

test('a bound gives a bar and a figure, no bound only the figure, and what is not measured is not there', () => {
  expect(metersFor(disk(412e6, 4e9))).toEqual([
    { name: 'Disk', text: '412 MB of 4.00 GB', share: 0.103, level: 'calm' },
  ]);
  expect(metersFor(disk(412e6))).toEqual([{ name: 'Disk', text: '412 MB', level: 'calm' }]);
  expect(metersFor({ time })).toEqual([]);
});

test.each([
  [79, 'calm'],
  [80, 'high'],
  [94, 'high'],
  [95, 'full'],
  [99, 'full'],
  [130, 'spent'],
] as const)('%i %% is %s', (used, level) => {
  expect(metersFor(disk(used, 100))[0]?.level).toBe(level);
});

test('nothing is said beside the gauge until something is worth a look; time that is short comes first', () => {
  const of = (usage: Usage, left: number) => attention(metersFor(usage), left)?.text;
  expect(of(disk(50, 100), 3_600_000)).toBeUndefined();
  expect(of({ ...disk(83, 100), memory: { used: 97, of: 100 } }, 3_600_000)).toBe('Memory 97 %');
  expect(of(disk(83, 100), 599_000)).toBe('9 min left');
  expect(of(disk(97, 100), 599_000)).toBe('Disk 97 %');
  expect(of(disk(97, 100), 90_000)).toBe('1 min left');
});

test('each level is told once, also when the figure hovers, and again after it was calm', () => {
  const crossings = new Crossings();
  const told = [10, 81, 79, 82, 96, 94, 96, 50, 85].map((used) => crossings.of(metersFor(disk(used, 100))) !== '');
  expect(told).toEqual([false, true, false, false, true, false, false, false, true]);
});

test('a crossing is told with its figure and what can be done', () => {
  expect(new Crossings().of(metersFor(disk(5e9, 6e9)))).toBe(
    'Disk: 83 % used (5.00 GB of 6.00 GB). Free some with "docker system prune".',
  );
});

test.each([
  [27_720_000, '7 h 42 min left'],
  [600_000, '10 min left'],
  [59_200, 'under 1 min left'],
  [-5, 'under 1 min left'],
])('%i ms is %s', (ms, text) => expect(timeText(ms)).toBe(text));

test('a network that is used up is told with what still goes on', () => {
  const [, spent] = [96, 100].map((used) => new Crossings().of(metersFor({ network: { used, of: 100 }, time })));
  expect(spent).toMatch(/^Network: all of it is used.*Your shell, files and images are as they were/);
});
