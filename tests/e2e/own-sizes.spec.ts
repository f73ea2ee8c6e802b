/** The reader's own two sizes: from the fields into the table, the picture, the next visit and the calculator. */
import { expect, test } from '../support/browser-test.ts';

test('two sizes put in once are used everywhere', async ({ page }) => {
  await page.goto('/lessons/comparing-sizes/');
  const you = page.getByRole('row', { name: /^You/ });
  await expect(you).toHaveText(/divide them/);
  await page.getByLabel('goapp:singlestage, MB').fill('900');
  await page.getByLabel('goapp:multistage, MB').fill('3.6');
  await expect(you.getByRole('cell')).toHaveText(['You', '900 MB', '3.6 MB', '250']);
  await expect(page.getByRole('figure').filter({ hasText: 'One box' })).toContainText('250 times as large');

  await page.reload();
  await expect(you.getByRole('cell')).toHaveText(['You', '900 MB', '3.6 MB', '250']);
  await expect(page.getByLabel('goapp:singlestage, MB')).toHaveValue('900');

  await page.goto('/lessons/why-size-matters/');
  await page.getByRole('button', { name: 'My two images' }).click();
  await expect(page.getByRole('row', { name: /^The registry sends/ })).toContainText('90 GB');
  await expect(page.getByRole('row', { name: /^The registry sends/ })).toContainText('360 MB');
});
