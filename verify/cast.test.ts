import { expect, it } from 'vitest';
import { cast, CAST_MOST } from './cast.ts';

const at = new Date('2026-01-02T03:04:05Z');
const typed = (pieces: { at: number; text: string }[]) => ({ exit: 0, ms: 10, line: '$ ls\r\n', pieces });

it('is asciicast v2: a header, then the time and text of each piece', () => {
  const [header, ...events] = cast(
    'ls',
    typed([
      { at: 12, text: 'a\x1b[0m' },
      { at: 1500, text: 'b' },
    ]),
    at,
  )
    .trimEnd()
    .split('\n');
  expect(JSON.parse(header ?? '')).toEqual({ version: 2, width: 100, height: 30, timestamp: 1767323045, title: 'ls' });
  expect(events.map((event) => JSON.parse(event) as unknown)).toEqual([
    [0, 'o', '$ ls\r\n'],
    [0.012, 'o', 'a\x1b[0m'],
    [1.5, 'o', 'b'],
  ]);
});

it('joins what came at once', () => {
  const pieces = [5, 6, 7, 60].map((ms) => ({ at: ms, text: String(ms) }));
  expect(cast('ls', typed(pieces), at).trimEnd().split('\n').slice(2)).toEqual([
    '[0.005, "o", "567"]',
    '[0.060, "o", "60"]',
  ]);
});

it('leaves out the middle of what is long, and says so', () => {
  const pieces = Array.from({ length: 5_000 }, (_, index) => ({
    at: index * 100,
    text: `${index} ${'é'.repeat(60)}\r\n`,
  }));
  const text = cast('ls', typed(pieces), at);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(CAST_MOST);
  expect(text).toMatch(/\d+ KiB of this recording are left out/);
  expect(text).toContain('"0 éé');
  expect(text).toContain('"4999 éé');
});
