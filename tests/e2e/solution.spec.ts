/** A solution is applied with one press, asks before it overwrites edits, and its checks tick. */
import { expect, test } from '../support/browser-test.ts';
import { LessonPage } from '../support/lesson-page.ts';

const EDITED = 'rotted/go.mod';

test('asks about edits, then solves the lesson', async ({ page }) => {
  test.setTimeout(240_000);
  const lesson = new LessonPage(page);
  await lesson.open('the-go-application');
  const checks = page.getByRole('region', { name: 'Done when' });
  await expect(checks.getByText('Not yet.').first()).toBeVisible();
  const solution = page.locator('slipway-solution');
  await solution.getByText('One solution').click();
  await lesson.type(`echo "my own words" > ${EDITED}; echo written-$((40 + 2))\r`);
  await lesson.shows(/written-42/);
  const apply = solution.getByRole('button', { name: 'Apply the solution' });
  await apply.click();
  const dialog = page.getByRole('dialog', { name: 'Overwrite what you have written?' });
  await expect(dialog.getByRole('listitem')).toHaveText([EDITED]);
  await page.keyboard.press('Escape');
  await expect(solution.getByRole('status')).toHaveText('Nothing was changed.');
  await lesson.type(`clear; cat ${EDITED}\r`);
  await lesson.shows(/^my own words\n/);
  await apply.click();
  await dialog.getByRole('button', { name: 'Overwrite' }).click();
  await expect(solution.getByRole('status')).toHaveText('Done.', { timeout: 180_000 });
  await expect(checks.getByText('Not yet.')).toHaveCount(0);
  await expect(page.getByText('You have done this lesson.')).toBeVisible();
});
