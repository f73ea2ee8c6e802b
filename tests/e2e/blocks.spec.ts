/** Blocks as readers meet them: files, folded output, checks; and none of the page that is for authors. */
import { expect, test } from '../support/browser-test.ts';

test('the page of blocks is not part of the site', async ({ page }) => {
  const response = await page.goto('/dev/blocks/multi-stage/');
  expect(response?.status()).toBe(404);
});

test('a command’s verified output is folded below it', async ({ page }) => {
  await page.goto('/lessons/multi-stage/');
  const output = page.getByRole('group', { name: 'Output of docker images goapp' });
  await expect(output).toBeHidden();
  await page
    .locator('slipway-command', { has: page.getByRole('button', { name: 'Run docker images goapp' }) })
    .getByText('Output', { exact: true })
    .click();
  await expect(output).toContainText('multistage');
});

test('a lesson ends with its checks', async ({ page }) => {
  await page.goto('/lessons/multi-stage/');
  await expect(page.getByRole('region', { name: 'Done when' }).getByRole('listitem')).toHaveCount(4);
});

test('without scripts all of it can be read', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL ?? '' });
  const page = await context.newPage();
  await page.goto('/lessons/multi-stage/');
  await expect(page.getByRole('figure', { name: 'Image sizes' })).toContainText('goapp:multistage');
  await expect(page.getByRole('figure', { name: 'Build from Dockerfile.multi_stage' })).toContainText('COPY');
  await expect(page.getByRole('region', { name: 'Done when' })).toContainText('what it would look for');
  await context.close();
});
