import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { bases, golang } from './pins.ts';

test('the table in the documentation is what is pinned, by index digests', async () => {
  const page = await readFile(new URL('../../../docs/base-images.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| (`.+?) +\| `(.+?)` +\|$/gm)].map(([, names = '', pin]) => ({
    names: names.split(', ').map((name) => name.replaceAll('`', '')),
    pin,
  }));
  expect(rows).toEqual([golang, ...Object.values(bases)].map(({ names, registry }) => ({ names, pin: registry })));
  for (const { pin } of rows) expect(pin).toMatch(/^[a-z./0-9-]+:[a-z0-9.-]+@sha256:[0-9a-f]{64}$/);
});
