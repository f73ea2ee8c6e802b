/** Every page: no error in the console, no accessibility violation, no inline script, in both themes and on a phone. */
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

test('the course map lists all seven lessons, and each one leads to the next', async ({ page }) => {
  const lessons = (await paths(page)).slice(1);
  expect(lessons).toHaveLength(7);
  await page.goto(lessons[0] ?? '');
  for (const next of lessons.slice(1)) {
    await page.getByRole('link', { name: /^Next/ }).click();
    await expect(page).toHaveURL(new RegExp(`${next}$`));
  }
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    test(`every page is accessible and quiet, ${colorScheme}, ${viewport.width} wide`, async ({ page }) => {
      test.setTimeout(240_000);
      const errors: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(`${page.url()}: ${message.text()}`);
      });
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(viewport);
      for (const path of await paths(page)) {
        await page.goto(path);
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map((v) => `${path}: ${v.id} ${v.nodes[0]?.html ?? ''}`)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), path).toBeLessThanOrEqual(
          0,
        );
      }
      expect(errors).toEqual([]);
    });
  }
}

test('a page that does not exist says so and leads back', async ({ page }) => {
  const response = await page.goto('/lessons/none/');
  expect(response?.status()).toBe(404);
  await expect(page.getByRole('link', { name: /course|lessons|start/i }).first()).toBeVisible();
});
