/** Progress: kept from page to page and in other tabs, exported, cleared after a question, and set aside when it cannot be read. */
import { readFile } from 'node:fs/promises';
import { expect, test } from '../support/browser-test.ts';

const KEY = 'slipway-progress';
const done = (slug: string) =>
  JSON.stringify({ version: 1, lessons: { [slug]: { met: [], answers: {}, done: '2026-01-31' } } });

test('a lesson that was opened and one that is done are marked on the course map, in every tab', async ({
  page,
  context,
}) => {
  await page.goto('/');
  const map = page.getByRole('region', { name: 'From the article' });
  await expect(map.getByRole('link', { name: /Multi stage/ })).not.toContainText('begun');
  const other = await context.newPage();
  await other.goto('/lessons/multi-stage/');
  await expect(map.getByRole('link', { name: /Multi stage/ })).toContainText('begun');
  await other.evaluate(([key, text]) => localStorage.setItem(key ?? '', text ?? ''), [KEY, done('multi-stage')]);
  await expect(map.getByRole('link', { name: /Multi stage/ })).toContainText('done');
  await expect(page.getByText(/^1 of \d+ lessons done/)).toBeVisible();
});

test('a quiz answers at once by the keyboard, and remembers', async ({ page }) => {
  await page.goto('/lessons/why-size-matters/');
  const first = page.getByRole('radio').first();
  await first.focus();
  await page.keyboard.press('Space');
  await expect(page.getByText('Not quite.').first()).toBeVisible();
  await page.reload();
  await expect(first).toBeChecked();
});

test('without a sandbox a lesson is done by going on from it', async ({ page }) => {
  await page.route('**/api/**', (route) => route.abort());
  await page.goto('/lessons/single-stage/');
  await expect(page.getByRole('button', { name: 'Mark as read' })).toBeVisible();
  await page.getByRole('link', { name: /^Next/ }).click();
  await page.goto('/');
  await expect(page.getByText(/^1 of \d+ lessons done/)).toBeVisible();
});

test('is exported, cleared after a question, and added again', async ({ page }) => {
  await page.addInitScript(
    ([key, text]) => {
      if (sessionStorage.getItem('set') === null) localStorage.setItem(key ?? '', text ?? '');
      sessionStorage.setItem('set', '');
    },
    [KEY, done('about')],
  );
  await page.goto('/');
  await page.getByText('Export or clear').click();
  const arrives = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const file = await (await arrives).path();
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(JSON.parse(done('about')));

  await page.getByRole('button', { name: 'Clear…' }).click();
  await page.getByRole('button', { name: 'Keep it' }).click();
  await expect(page.getByText(/^1 of \d+ lessons done/)).toBeVisible();
  await page.getByRole('button', { name: 'Clear…' }).click();
  await page.getByRole('button', { name: 'Clear it' }).click();
  await expect(page.getByText(/^0 of \d+ lessons done/)).toBeVisible();

  await page.getByLabel('Add an export').setInputFiles(file);
  await expect(page.getByText(/^1 of \d+ lessons done/)).toBeVisible();
});

test('what cannot be read is set aside', async ({ page }) => {
  await page.goto('/');
  await page.evaluate((key) => localStorage.setItem(key, '{broken'), KEY);
  await page.reload();
  await expect(page.getByText(/^0 of \d+ lessons done/)).toBeVisible();
  const aside = await page.evaluate((key) => {
    const name = Object.keys(localStorage).find((one) => one.startsWith(`${key}-aside-`));
    return name === undefined ? undefined : localStorage.getItem(name);
  }, KEY);
  expect(aside).toBe('{broken');
});
