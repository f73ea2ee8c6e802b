/** Every page: no error in the console, no accessibility violation, no inline script, in both themes and on a phone. */
import { readdirSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/browser-test.ts';

async function paths(page: Page): Promise<string[]> {
  await page.goto('/');
  const hrefs = await page
    .getByRole('main')
    .locator('a[href^="/lessons/"]')
    .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).pathname));
  return ['/', ...new Set(hrefs)];
}

/** axe's rules about colours. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

/** What a page says of itself and where its reader goes next, as the server sends it. */
async function sent(page: Page, path: string) {
  return page.evaluate(async (from) => {
    const response = await fetch(from);
    const sent = new DOMParser().parseFromString(await response.text(), 'text/html');
    const content = (name: string) => sent.querySelector(`meta[${name}]`)?.getAttribute('content');
    const links = [...sent.querySelectorAll('main a')].filter((link) => /^\s*Next/.test(link.textContent));
    return {
      status: response.status,
      title: sent.title,
      description: content('name="description"'),
      shown: { title: content('property="og:title"'), description: content('property="og:description"') },
      next: links.map((link) => link.getAttribute('href')),
    };
  }, path);
}

test('the course map lists all lessons, and each one leads to the next', async ({ page }) => {
  const lessons = (await paths(page)).slice(1);
  expect(lessons).toHaveLength(readdirSync('src/content/lessons').length);
  await page.goto(lessons[0] ?? '');
  await page.getByRole('link', { name: /^Next/ }).click();
  await expect(page).toHaveURL(new RegExp(`${lessons[1]}$`));
  for (const [index, lesson] of lessons.entries())
    expect((await sent(page, lesson)).next, lesson).toEqual(lessons.slice(index + 1, index + 2));
});

for (const viewport of [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]) {
  test(`every page is accessible and quiet, light and dark, ${viewport.width} wide`, async ({ page }) => {
    test.setTimeout(240_000);
    const errors: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(`${page.url()}: ${message.text()}`);
    });
    await page.setViewportSize(viewport);
    for (const path of await paths(page)) {
      await page.goto(path);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const axe = new AxeBuilder({ page });
        // Between the themes nothing differs but colours.
        if (colorScheme === 'dark') axe.withRules(COLOURS);
        const { violations } = await axe.analyze();
        expect(violations.map((v) => `${path}, ${colorScheme}: ${v.id} ${v.nodes[0]?.html ?? ''}`)).toEqual([]);
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), path).toBeLessThanOrEqual(0);
    }
    expect(errors).toEqual([]);
  });
}

test('no page scrolls sideways on the narrowest screen, which is also 400 % zoom', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  for (const path of await paths(page)) {
    await page.goto(path);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), path).toBeLessThanOrEqual(0);
  }
});

test('every page has a title and a description of its own, and tells both to what shows links', async ({ page }) => {
  const titles = new Set<string>();
  const all = await paths(page);
  for (const path of all) {
    const { status, title, description, shown } = await sent(page, path);
    expect(status, path).toBe(200);
    expect(description).toMatch(/\w.{20}/);
    expect(shown).toEqual({ title, description });
    titles.add(title);
  }
  expect(titles.size).toBe(all.length);
});

test('on paper, code is dark on white whatever the screen’s theme is', async ({ page }) => {
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.goto('/lessons/single-stage/');
  const colours = await page
    .getByRole('figure')
    .first()
    .locator('.code span')
    .evaluateAll((spans) => spans.map((span) => getComputedStyle(span).color));
  expect(colours.length).toBeGreaterThan(5);
  for (const colour of colours) {
    const [r = 255, g = 255, b = 255] = (colour.match(/\d+/g) ?? []).map(Number);
    expect(0.299 * r + 0.587 * g + 0.114 * b, colour).toBeLessThan(140);
  }
});

test('a page that does not exist says so and leads back', async ({ page }) => {
  const response = await page.goto('/lessons/none/');
  expect(response?.status()).toBe(404);
  await expect(page.getByRole('link', { name: /course|lessons|start/i }).first()).toBeVisible();
});
