/** The sizes of the reader's own two images: from their engine into the table, and kept for the next visit and the calculator. */
import { expect, test } from '../support/browser-test.ts';
import { LessonPage } from '../support/lesson-page.ts';

const SIZE = /^\d+(\.\d+)? MB$/;

test('both images, once built, fill the table and are offered by the calculator', async ({ page }) => {
  test.setTimeout(300_000);
  const lesson = new LessonPage(page);
  await lesson.open('comparing-sizes');
  const you = page.getByRole('row', { name: /^You/ });
  const cells = you.getByRole('cell');
  await expect(cells).toHaveText(['You', 'not built yet', 'not built yet', '–']);

  await page.getByRole('button', { name: 'Catch me up' }).click();
  await expect(cells.nth(1)).toHaveText(SIZE, { timeout: 240_000 });
  await expect(cells.nth(2)).toHaveText(SIZE);
  const [, single = '', multi = '', times = ''] = await cells.allTextContents();
  expect(Math.abs(Number.parseFloat(single) / Number.parseFloat(multi) / Number(times) - 1)).toBeLessThan(0.01);

  await page.reload();
  await expect(cells).toHaveText(['You', single, multi, times]);

  await page.goto('/lessons/why-size-matters/');
  await page.getByRole('button', { name: 'My two images' }).click();
  await expect(page.getByRole('spinbutton', { name: /^Large image/ })).toHaveValue(String(Number.parseFloat(single)));
  await expect(page.getByRole('spinbutton', { name: /^Small image/ })).toHaveValue(String(Number.parseFloat(multi)));
});
