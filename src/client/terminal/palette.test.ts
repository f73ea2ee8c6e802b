import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('palette.css', import.meta.url), 'utf8');
const pairs = [...css.matchAll(/--terminal-([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)];

/** WCAG 2.2, "contrast ratio" and "relative luminance". */
function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const channel = (at: number) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

const hues = ['red', 'green', 'yellow', 'blue', 'magenta', 'cyan'];
const onScreen = ['foreground', 'muted', 'accent', 'good', 'wait', 'bad', 'bright-black'].concat(
  hues,
  hues.map((hue) => `bright-${hue}`),
);

describe.each([
  ['day', 2],
  ['night', 3],
])('%s', (_name, side) => {
  const colours = new Map(pairs.map((pair) => [pair[1], pair[side]]));
  const get = (name: string) => colours.get(name) ?? expect.fail(`no --terminal-${name}`);

  test.each(onScreen)('%s is readable on the screen', (name) => {
    expect(contrast(get(name), get('background'))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['foreground', 'muted', 'accent', 'good', 'wait', 'bad'])('%s is readable on the bar', (name) => {
    expect(contrast(get(name), get('bar'))).toBeGreaterThanOrEqual(4.5);
  });

  test('selected text is readable, controls and the cursor stand out, a button has readable words', () => {
    expect(contrast(get('foreground'), get('selection'))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(get('control'), get('bar'))).toBeGreaterThanOrEqual(3);
    expect(contrast(get('cursor'), get('background'))).toBeGreaterThanOrEqual(3);
    expect(contrast(get('on-accent'), get('accent'))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(get('foreground'), get('hover'))).toBeGreaterThanOrEqual(4.5);
  });
});
