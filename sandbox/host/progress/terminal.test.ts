import { stripVTControlCharacters } from 'node:util';
import { expect, onTestFinished, test, vi } from 'vitest';
import { showSteps, type Screen } from './terminal.ts';

function screen(isTTY: boolean): Screen & { text: string } {
  return {
    isTTY,
    columns: 40,
    text: '',
    write(chunk) {
      this.text += String(chunk);
      return true;
    },
  };
}

test('plain output has a line at the start and one at the end, with seconds', async () => {
  let now = 0;
  const out = screen(false);
  const result = await showSteps(out, () => now).step('Site', () => {
    now = 2_340;
    return Promise.resolve(7);
  });
  expect(result).toBe(7);
  expect(out.text).toBe('· Site\n✓ Site (2.3 s)\n');
});

test('plain output tells details, but not more often than every 5 s', async () => {
  let now = 0;
  const out = screen(false);
  await showSteps(out, () => now).step('Site', (say) => {
    say('soon');
    now = 6_000;
    say('\x1b[33mpage\x1b[0m 3 of 9');
    say('page 4 of 9');
    return Promise.resolve();
  });
  expect(out.text).toBe('· Site\n  Site: page 3 of 9 (6.0 s)\n✓ Site (6.0 s)\n');
});

test('a step that fails is marked, and its error goes on', async () => {
  const out = screen(false);
  const failed = showSteps(out, () => 0).step('Site', () => Promise.reject(new Error('no')));
  await expect(failed).rejects.toThrow('no');
  expect(out.text).toContain('✗ Site');
});

test('a terminal shows steps that run at once, cuts them to its width, and keeps only their ends', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const out = screen(true);
  const steps = showSteps(out, () => 0);
  const [debian, toolchain] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  const both = Promise.all([
    steps.step('Debian', (say) => {
      say('x'.repeat(100));
      return debian.promise;
    }),
    steps.step('Toolchain', () => toolchain.promise),
  ]);
  vi.advanceTimersByTime(500);
  expect(out.text).toMatch(/Debian 0\.0 s {2}xxx[^]*Toolchain 0\.0 s/);
  toolchain.resolve(undefined);
  debian.resolve(undefined);
  await both;
  const widths = out.text.split('\n').map((line) => stripVTControlCharacters(line).length);
  expect(Math.max(...widths)).toBeLessThan(40);
  expect(out.text.endsWith('✓ Debian (0.0 s)\n')).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});
