/** One press brings a fresh sandbox to a lesson's start, and what the reader wrote is overwritten only when they say so. */
import { expect, test } from '../support/browser-test.ts';
import { LessonPage } from '../support/lesson-page.ts';

test('catches up with progress, asks before it overwrites edits, and is a reset from then on', async ({ page }) => {
  test.setTimeout(300_000);
  const lesson = new LessonPage(page);
  await lesson.open('comparing-sizes');
  await lesson.type('echo "# mine" >> app.go; echo edited-$((40 + 2))\r');
  await lesson.shows(/edited-42/);
  const block = page.locator('slipway-catch-up');
  const go = block.getByRole('button', { name: 'Catch me up' });
  await go.click();
  const dialog = page.getByRole('dialog', { name: 'Overwrite what you have written?' });
  await expect(dialog.getByRole('listitem')).toHaveText(['app.go']);
  await dialog.getByRole('button', { name: 'Keep mine' }).click();
  await expect(dialog).toBeHidden();
  await lesson.type('tail -n 1 app.go\r');
  await lesson.shows(/\n# mine/);
  await go.click();
  await dialog.getByRole('button', { name: 'Overwrite' }).click();
  await expect(block.getByRole('status')).toHaveText(/^Step \d of \d$/);
  await expect(block.getByRole('progressbar')).toBeVisible();
  await expect(block.getByRole('status')).toHaveText('Done: this lesson can begin.', { timeout: 240_000 });
  await expect(block.getByRole('button', { name: 'Reset this lesson' })).toBeVisible();
  await lesson.type('clear; docker images goapp; grep -c mine app.go\r');
  await lesson.shows(/multistage[^]*singlestage[^]*\n0/);
});
